import { commands } from './ask.ts'
import { insiders, outsiders, type Role } from './roles.ts'

/**
 * Who may do what, in project 2.1 of one programme. Written by hand: what docs/security.md says in words.
 *
 * - `✓` it is done, or told
 * - `○` it is answered, and nothing is theirs to be done or told
 * - `–` it is refused, and nothing changes
 * - `·` the answer is the one about a programme that does not exist; of this one nothing is told, and nothing changes
 *
 * Who was taken out of the people file still has days, hours and leave of their own.
 *
 * A row is a command, or in brackets one way of using it; requests.ts says how each is asked.
 */
const table = `
command                     | unknown  guest   other  erased withdrawn stranger   office | viewer  other  stream  lead deputy sponsor office
                            |                 tenant                           elsewhere |          lead   lead
# updates/
show                        |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
update                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
update-fine                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
no-change                   |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
no-change (all)             |    ·       ·       ·      ·       ·         ·         ·    |   ○      ✓      ○     ✓      ✓       ○      ○
confirm                     |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       ✓      ✓
confirm (milestone)         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       ✓      ✓
due                         |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ○      ✓     ✓      ✓       ✓      ✓
assure                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       ✓      ✓
# milestones/ plan-editing/
done                        |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
move                        |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
agree                       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       ✓      ✓
decline-move                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       ✓      ✓
flag                        |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
rate                        |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
by-milestones               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
unflag                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
set                         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
tag                         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
untag                       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
change-project              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
plan                        |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
change-workstream           |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
change-milestone            |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
change-measure              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
set (title)                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
set-workstream              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
set-measure                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
add-workstream              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
add-measure                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
add-project                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
add-milestone               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
decline-milestone           |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
reword                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
reopen                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
hold                        |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
resume                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ○
close-project               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
pipeline                    |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
remove-milestone            |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
remove-measure              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
remove-project              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
remove-workstream           |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
history                     |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
history-measure             |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
history-settings            |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
history-people              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
undo                        |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
undo (of an update)         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-lead-milestones       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
# home/
mine                        |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
home                        |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
choose-update               |    ·       ·       ·      ·       ·         ·         ·    |   ○      ○      ○     ○      ○       ○      ○
choose-milestone            |    ·       ·       ·      ·       ·         ·         ·    |   ○      ○      ○     ○      ○       ○      ○
# rounds/
round                       |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
round-plan                  |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
round-opens                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
round-nudges                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
round-closes                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
round-serves                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
round-names                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
round-nudge                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
round-close                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
round-extend                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
board                       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
board-remove                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
hygiene                     |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
# digests/
digest                      |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
digest-show                 |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
digest-changes              |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
digest-here                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
digest-stop                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
digest-channels             |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
digest-channel-stop         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
digest-correct              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
digest-hold                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
digest-release              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ○
digest-approve              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
digest-headline             |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
digest-approval             |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
digest-owners               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
digest-preview              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-commentary            |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
# reminders/
why                         |    ·       ·       ·      ·       ·         ·         ·    |   ○      ○      ○     ✓      ✓       ○      ○
snooze                      |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
snooze (milestone)          |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
snooze (measure)            |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
mute                        |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
unmute                      |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
mutes                       |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
preview-reminders           |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
reminders                   |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
reminders-change            |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
# questions/
ask                         |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
ask (from the digest)       |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
reply                       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
decide                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      –       ✓      ✓
decide (from the digest)    |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      –       ✓      ✓
follow                      |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
unfollow                    |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
follows                     |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
# register/
register                    |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
entry                       |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
risk                        |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
risk (its form)             |    ·       ·       ·      ·       ·         ·         ·    |   –      ✓      ✓     ✓      ✓       –      ✓
decision                    |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
decision (its form)         |    ·       ·       ·      ·       ·         ·         ·    |   –      ✓      ✓     ✓      ✓       –      ✓
decision (of the programme) |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     –      –       –      ✓
issue                       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
issue (its form)            |    ·       ·       ·      ·       ·         ·         ·    |   –      ✓      ✓     ✓      ✓       –      ✓
action                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
action (its form)           |    ·       ·       ·      ·       ·         ·         ·    |   –      ✓      ✓     ✓      ✓       –      ✓
dependency                  |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
dependency (its form)       |    ·       ·       ·      ·       ·         ·         ·    |   –      ✓      ✓     ✓      ✓       –      ✓
headline                    |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     –      –       –      ✓
headline (by its form)      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     –      –       –      ✓
close                       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      –       –      ✓
close (decision)            |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      –       ✓      ✓
review                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      –       –      ✓
reopen-entry                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      –       –      ✓
risks                       |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
issues                      |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
actions                     |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
decisions                   |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
dependencies                |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
headlines                   |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
# measures/
measures                    |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
dates-link                  |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
dates-unlink                |    ·       ·       ·      ·       ·         ·         ·    |   ○      ○      ○     ○      ○       ○      ○
money                       |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
benefit                     |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
money-set                   |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
money-workstream            |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-money                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
measure                     |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
kpi                         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      –       –      ✓
# status/
status                      |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
projects                    |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
mismatches                  |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
override                    |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       ✓      ✓
override (of the programme) |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       ✓      ✓
override-off                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       ✓      ✓
confirm-override            |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       ✓      ✓
admin-rollup                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
# checks/
checks                      |    ·       ·       ·      ·       ·         ·         ·    |   ○      ○      ✓     ✓      ✓       ○      ✓
answer                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      ✓     ✓      ✓       –      ✓
# admin/
admin-second                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-scheme                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-criteria              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-criteria-add          |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-criteria-remove       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-criteria-off          |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-criteria-five         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-confirm               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
# calendar/
admin-moves                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-rates                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-dimensions            |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-calendar              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-closed                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
admin-open                  |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
away                        |    ·       ·       ·      ·       ✓         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
away (with a deputy)        |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      –       ✓      ✓
away (for somebody)         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
back                        |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
back (for somebody)         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
back (from leave they said) |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      –
days                        |    ·       ·       ·      ·       ✓         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
quiet                       |    ·       ·       ·      ·       ✓         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
quiet-off                   |    ·       ·       ·      ·       ✓         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
language                    |    ·       ·       ·      ·       ✓         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
zone                        |    ·       ·       ·      ·       ✓         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
# delivery-log/
ledger                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
ledger (waiting)            |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
ledger (of a channel)       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
ledger (of a person)        |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
ledger-retry                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
ledger-drop                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
ledger-repeat               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
# people/
people                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
people-match                |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
people-link                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
people-link-all             |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ○
hand-over                   |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
people-newcomer             |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
people-unlink               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
people-accounts             |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
people-role                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
people-take-out             |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
# imports/
import                      |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ○
import-save                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
import-into                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ○
import-cancel               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
import-headings             |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
import-absent               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
import-unlisted             |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
export                      |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
template                    |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
# reports/
paper                       |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
paper-issue                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-draft                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-redraft               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-correct               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-check                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-approve               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       ✓      –
paper-decline               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       ✓      –
paper-issue-draft           |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-approval              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-monthly               |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-before-board          |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-schedules             |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-schedule-stop         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-template              |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ○
paper-template-send         |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-template-remove       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
paper-compare               |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
papers                      |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
paper-again                 |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
paper-changes               |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
# setup/
setup                       |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      –
programmes                  |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
programmes-archive          |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ✓
programmes-restore          |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      ○
setup-start                 |    ·       ·       ·      ·       ·         ·         ·    |   –      –      –     –      –       –      –
# app/
whoami                      |    ·       ·       ·      ·       ✓         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
link-account                |    ·       ·       ·      ·       ✓         ✓         ✓    |   ✓      ✓      ✓     ✓      ✓       ✓      ✓
help                        |    ·       ·       ·      ·       ·         ·         ·    |   ✓      ✓      ✓     ✓      ✓       ✓      ·
`

export const symbols = ['✓', '○', '–', '·'] as const
export type Expectation = (typeof symbols)[number]

export interface ExpectationRow {
  /** The command's name, and in brackets what of it. */
  readonly name: string
  readonly command: string
  readonly of: Readonly<Record<Role, Expectation>>
}

export const expectations: readonly ExpectationRow[] = table
  .split('\n')
  .filter((line) => /[✓○–·]/.test(line))
  .map(parseRow)

function parseRow(line: string): ExpectationRow {
  const [name = '', ...cells] = line.split('|').map((part) => part.trim())
  const found = cells.flatMap((cell) => cell.split(/\s+/))
  const roles = [...outsiders, ...insiders]
  const of = Object.fromEntries(
    roles.map((role, at) => [role, symbols.find((symbol) => symbol === found[at])]),
  )
  if (found.length !== roles.length || Object.values(of).includes(undefined))
    throw new Error(`“${line}” should have ${roles.length} cells, each one of ${symbols.join(' ')}`)
  return { name, command: name.replace(/ \(.*/, ''), of: of as Record<Role, Expectation> }
}

/** What is missing in the table for these commands, as sentences that say what to add. */
export function missingRows(registered: readonly { readonly name: string }[] = commands): string[] {
  const known = new Set(expectations.map(({ command }) => command))
  const names = new Set(registered.map(({ name }) => name))
  return [
    ...[...names]
      .filter((name) => !known.has(name))
      .map(
        (name) =>
          `The command "${name}" has no row: say in test/authority/matrix/expectations.ts who may use it, and in requests.ts how it is asked.`,
      ),
    ...[...known]
      .filter((name) => !names.has(name))
      .map(
        (name) =>
          `There is no command "${name}" any more: take its rows out of expectations.ts and requests.ts.`,
      ),
  ]
}
