import { Option } from 'commander'

/** Options that several commands of the terminal share. */
export const formatOption = new Option('--format <format>', 'for people or for programs')
  .choices(['text', 'json'])
  .default('text')
