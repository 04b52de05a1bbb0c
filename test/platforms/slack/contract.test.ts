import { contract } from '../contract.ts'
import { slackWorkplace } from './slack-workplace.ts'

contract('Slack by HTTP', slackWorkplace)
