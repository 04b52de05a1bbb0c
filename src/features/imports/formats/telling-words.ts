/** A word that says of a heading what it means. */
interface TellingWord {
  readonly meaning: TellingMeaning
  readonly word: RegExp
  /** With these words it is something else. */
  readonly never: RegExp
}

type TellingMeaning =
  | 'leads'
  | 'deadline'
  | 'forecast'
  | 'baseline'
  | 'actual'
  | 'state'
  | 'commentary'
  | 'workstream'

/** Other days, and what is said of days. */
const notThisDay =
  /\b(?:starts?|begin\w*|review\w*|status|rag|variance|reasons?|why|costs?|spend|budget|value|owners?|leads?|by whom|updated?|comments?|notes?|created|days|in year|to date)\b|[£$%?]/

/**
 * What a heading that none of these is hardly can mean otherwise, by a word in it: "Accountable officer", "Date due",
 * "Revised completion date".
 */
export const tellingWords: readonly TellingWord[] = [
  {
    meaning: 'leads',
    word: /\b(?:owners?|leads?|officers?|assigned|assignees?|responsible|responsibility|accountable|members|action by|led by)\b/,
    never: /\b(?:dates?|ids?|emails?|notes?|comments?|created|raised|reported|times?|teams?|on)\b/,
  },
  {
    meaning: 'deadline',
    word: /\b(?:due|deadlines?|by when|finish|end date|completion|complete by|delivery by|deliver by|delivered by|target date)\b/,
    never:
      /\b(?:actual|starts?|percent|pct|status|completed|created|days|late|notes?|by whom|rag|baseline|original|revised|forecast|expected|review|planned value)\b|%|[?]/,
  },
  {
    meaning: 'forecast',
    word: /\b(?:revised|forecast|expected|est|estimated|latest|current|new|projected|anticipated)\b.*\b(?:dates?|due|deadline|finish|end|completion|delivery)\b|^target end\b/,
    never: notThisDay,
  },
  {
    meaning: 'baseline',
    word: /\b(?:baseline|original|initial)\b.*\b(?:dates?|due|deadline|finish|end|completion|delivery)\b/,
    never: notThisDay,
  },
  {
    meaning: 'actual',
    word: /\bactual\b.*\b(?:dates?|finish|end|completion|delivery)\b|\bdate (?:completed|closed|achieved|delivered|done|implemented|finished)\b|\b(?:completed|achieved|delivered|finished|implemented) (?:on|date)\b/,
    never: notThisDay,
  },
  {
    meaning: 'state',
    word: /\b(?:b?rag|dca|delivery confidence|confidence assessment)\b/,
    never:
      /\b(?:previous|prior|last|commentary|comments?|narrative|reasons?|criteria|trend|baseline|forecast|target|dates?|path|explanation|key|notes?)\b/,
  },
  {
    meaning: 'commentary',
    word: /\b(?:commentary|narrative|comments?|notes|position|progress)\b/,
    never: /\b(?:previous|prior|last|risks?|dates?|by|number|no|percent)\b|%/,
  },
  {
    meaning: 'workstream',
    word: /\b(?:work ?streams?|strands?|themes?|areas?|directorate|portfolio|pillars?|streams?|epic|swimlane|bucket)\b/,
    never: /\b(?:ids?|leads?|owners?|notes?|comments?|numbers?)\b/,
  },
]
