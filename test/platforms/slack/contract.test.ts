import { contract } from '../contract.ts'
import { slackWorkplace } from './workplace.ts'

contract('Slack by HTTP', slackWorkplace)
