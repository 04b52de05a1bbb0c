import { describe, expect, test } from '@jest/globals'
import {
  buildNameAllowlist,
  detectPersonalData,
} from '../../../src/domain/checks/personal-data-detector.ts'

const owners = buildNameAllowlist(['Asha Verity', 'Tom Quill', 'Priya Marlowe', 'Rhys Calder'])
const phrasesIn = (text: string) => detectPersonalData(text, owners).map(({ phrase }) => phrase)

describe('what tells of one child or case', () => {
  test.each([
    // By a letter or number instead of a name.
    ['The review of Child X is late', 'Child X'],
    ['Learning from child B has not been shared', 'child B'],
    ['work with child x has stalled', 'child x'],
    ['Family F moved out of the county', 'Family F'],
    ['Young person 3 has no placement', 'Young person 3'],
    ['Children A and B came into care', 'Children A and B'],
    ['Visits to YP2 are overdue', 'YP2'],
    ['Ch\u200Bild X went missing', 'Child X'],
    // By name.
    ['We had to move pupil Jamie Smith', 'pupil Jamie Smith'],
    ['A boy called Dylan was excluded', 'boy called Dylan'],
    ['The child, Ella, is still at home', 'child, Ella'],
    ['Her mother Karen would not sign', 'mother Karen'],
    ['Pupil Jamie was moved in March', 'Pupil Jamie was'],
    ['We await the views of Ella’s mother', "Ella's mother"],
    ['Space for Ella at Oak Primary is not agreed', 'Ella at Oak Primary'],
    ['Jamie attends St Mary’s School again', "Jamie attends St Mary's School"],
    // By initials.
    ['J.S. was placed out of area', 'J.S.'],
    ['Placement for JT (14) broke down', 'JT (14)'],
    // By age or birth.
    ['A girl aged 7 waited nine weeks', 'aged 7'],
    ['One of them, aged 15, is missing', 'aged 15'],
    ['Two children aged 7 and 9 were placed apart', 'aged 7'],
    ['A 13-year-old boy was placed in a hotel', '13-year-old'],
    ['We found a bed for a 16 year old in Leeds', '16 year old'],
    ['DOB 12/03/2011, so nearly 6', 'DOB 12/03/2011'],
    ['Born on 3 May 2012', 'Born on 3 May 2012'],
    ['The Year 6 pupil is back in school', 'Year 6 pupil'],
    // By number.
    ['NHS number 943 476 5919 was wrong', 'NHS number 943 476 5919'],
    ['See 943 476 5919', '943 476 5919'],
    ['UPN H801200001001 is not matched', 'H801200001001'],
    ['AB 12 34 56 C is not on the system', 'AB 12 34 56 C'],
    ['Hearing in WR17C00123 was adjourned', 'WR17C00123'],
    ['Delay in case 104522', 'case 104522'],
    ['Mosaic ID 2017 is the one', 'Mosaic ID 2017'],
    // By where they live.
    ['The family moved to WR5 2NP', 'WR5 2NP'],
    ['Visit to 12 Elm Street was missed', '12 Elm Street'],
  ])('%s', (text, phrase) => {
    expect(phrasesIn(text)).toContain(phrase)
  })
})

describe('what programmes write every week', () => {
  test.each([
    // Titles of services.
    'Child Protection conferences are held on time',
    'Child and Adolescent services agreed the pathway',
    'Awareness of the revised Child In Need (CIN) framework',
    'Pupil Premium was spent in full',
    'Family Hubs opened in Redditch and Malvern',
    'Student Social Worker places are filled',
    'Young Person Advisers are in post',
    'The child IT system goes live in May',
    'Children Act training has begun',
    'Parent Carer Forum met on Tuesday',
    'Every child a home is the aim, and each child I met said so',
    'In case 3 of the milestones slip, case 4 of the audit is shared',
    'We gave each child 1:1 support',
    // People of the plan.
    'Asha Verity has written to Tom Quill',
    'The pupil tracker is with Priya, and for the student Rhys Calder has agreed',
    'A.V. and T.Q. meet on Friday',
    // Ages of many.
    'Services for children aged 7 to 11 are mapped',
    'All children aged 14 have a pathway plan',
    'Care leavers aged 18 and over have an adviser',
    'The offer is for those aged 16+',
    'A third of 16-year-olds are not in school',
    'Replace the 10-year-old case management system',
    'Assessments aged 12 weeks are down by half',
    'Milestones aged 9 were closed',
    'Year 6 pupils get a leaflet, and Year 11 pupil numbers rise',
    // Counts behind acronyms.
    'CIN (14) and CP (9) plans were audited, EHCP (12) too',
    'SW (3) and ASYE (5) started on 1 May',
    // Numbers that are nobody’s.
    'Spend is £1,234,567 of £2,000,000, and 120 000 0000 is a slip',
    'Call 01905 123456 or 0800 123 4567',
    'The business case 2017 was approved, and case 2018 follows',
    'Caseloads fell from 24 to 17, and reference 2017/18 is agreed',
    'Date of birth is missing from the form, and DOB is a field of it',
    'The idea was born in 2016',
    'WR5 is the worst postcode for visits',
    'Phase 2 of the New Road scheme is late, with 3 Signs of Safety champions',
    // Capitals at the beginning of a sentence.
    'Training at Worcester College starts in June',
    'Headteacher at Oak Primary joined the board',
    'The board met on 12 March 2017 at 9 am, e.g. for the I.T. report and the U.K. figures',
    "Ofsted's monitoring visit went well, and Worcestershire's foster carers told us so",
    'Site rebuilt, pages still to check',
    'Two of six modules have no tutor yet',
    'Consultation ran late; HR sign-off is due from 3 June',
  ])('%s', (text) => {
    expect(phrasesIn(text)).toEqual([])
  })
})

test('a text is told apart by its sentences', () => {
  const found = detectPersonalData('All is well. Child X is late. So is Child Y, aged 7.')
  expect(
    found.toSorted((a, b) => (a.sentence + a.phrase < b.sentence + b.phrase ? -1 : 1)),
  ).toEqual([
    { phrase: 'Child X', sentence: 'Child X is late.' },
    { phrase: 'Child Y', sentence: 'So is Child Y, aged 7.' },
    { phrase: 'aged 7', sentence: 'So is Child Y, aged 7.' },
  ])
})
