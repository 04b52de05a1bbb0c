/** Loaded before everything else: what Node has compiled once is not compiled again at the next start. */
import { enableCompileCache } from 'node:module'

enableCompileCache()
