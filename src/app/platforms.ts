import { slack } from '../platforms/slack/index.ts'
import { teams } from '../platforms/teams/index.ts'
import { createPlatformRegistry } from './platform-registry.ts'

/** The platforms that Milepost speaks on. A new one is its folder in src/platforms and its entry here. */
export const platforms = createPlatformRegistry([slack, teams])
