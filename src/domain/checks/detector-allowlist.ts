/**
 * What programme papers write in capitals, or in capital letters, and which is nobody's name: they stand behind
 * "child" and "pupil" in the titles of services ("Child Protection", "Pupil Premium").
 */
const words = `
  Monday Tuesday Wednesday Thursday Friday Saturday Sunday
  January February March April May June July August September October November December
  Spring Summer Autumn Winter Easter Christmas
  The This That These Those There They Their Then When Where While With Without We You He She It Its In On At By For
  From To Of Or And As But If Not No Only All Both Each Every More Most Some Any New Next Last First Second Third Our
  Access Academy Act Action Acts Admission Admissions Adolescent Adoption Adult Adults Advice Advisory Advocacy Advocate
  After Agenda Agency Alliance Ambassador Ambassadors Analysis Annual Applications Area Assessment Assessments Assistant
  Attendance Audit Audits Award Awards
  Before Behaviour Benefit Benefits Better Board Book Borough Box Bureau
  Cabinet Campaign Capacity Care Carer Carers Case Cases Casework Centre Centres Centric Champion Champions Change
  Charter Child Children Church City Clinic Clinics Commissioner Commissioning Committee Community Complaints Concern
  Conference Conferences Consultation Contact Contract Council Councillor County Court Criminal Crown
  Data Death Decision Decisions Dedicated Delivery Dental Department Detention Development Digital Director Directors
  Disability Disabled District Domestic Drug
  Early Education Emergency Emotional Employment Engagement England English Equality Evidence Exclusion Exclusions
  Executive Experience Exploitation
  Families Family Feedback Finance First Focus Focused Forum Fostering Foundation Free Friendly Friends Full Fund Funding
  Governance Government Group Groups Growth Guarantee Guidance
  Head Headteacher Health Healthy Help High Home Homes House Housing Hub Hubs
  Impact Improvement Inclusion Independent Induction Information Initiative Inspection Inspectorate Intake Integrated
  Intensive Intervention
  Joint Journey Justice
  Key
  Language Lead Leader Leaders Leadership Learning Leave Legal Level Liaison Life Link Living Loan Loans Local Looked
  Management Manager Managers Meals Mental Mentor Mentors Missing Model Multi
  National Need Needs Neglect Network Networks North Nursery Nurse Nurses
  Offer Office Officer Officers Ofsted Online Outcome Outcomes Outreach Own
  Panel Panels Parent Parental Parenting Parents Participation Partnership Pathway Pathways Performance Permanence Phase
  Pilot Place Placement Placements Plan Planning Plans Play Police Policy Portal Poverty Practice Practitioner
  Practitioners Premium Pre Primary Prison Probation Profile Programme Progress Project Projects Protection Protocol
  Psychologist Psychology Public
  Quality
  Rapid Recruitment Referral Referrals Reform Register Regional Registrar Report Reports Residential Resilience Respite
  Resource Response Review Reviews Rights Risk
  Safe Safeguarding Safety Scheme School Schools Scotland Scrutiny Section Senior Serious Service Services Sexual Social
  Society South Speech Sport Staff Standards State Steering Strategic Strategy Study Sufficiency Summit Supervision
  Support Survey Surveys System Systems
  Tax Teacher Teachers Team Teams Technology Therapy Thinking Together Tracker Training Transfer Transition Transport
  Trust Trusts
  Unaccompanied Unit Units University
  Violence Virtual Voice Voices Voluntary Volunteer Volunteers
  Wales Welfare Well Wellbeing West Whole Work Worker Workers Workforce Working Workshop Workshops Workstream
  Young Youth Zone
  Learners Agreement Agreements Passport Passports Licence Union Ambition Aspirations Absence Achievement Attainment
  Number Numbers Record Records Rate Rates Level Levels Minister Ministers Deputy
`

export const allowedWords: ReadonlySet<string> = wordSet(words)

/** Letters that a programme's papers are full of, and which are nobody's initials. */
export const allowedAcronyms: ReadonlySet<string> = wordSet(`
  AA AD AI ALT AP AQ ASC ASD ASF AYSE ASYE AHD BA BAU BI BME BSF CA CC CCG CE CEO CFO CIN CLA CME CP CPD CPP CQC CSC CSE
  CSP CT CV CWD CYP DA DBS DCS DFE DHR DMT DOB DP DPO DPA DV EA EC ECC EDT EH EHC EHE EHM EIA EIG EP EPS ESF ET EU EY
  FE FGC FIS FOI FP FSM FTE GB GCSE GDPR GM GP HE HMG HMI HO HQ HR IA ICB ICS ICT ID IRO ISA ISO IT ITT IV JD JSA
  KPI KS LA LAC LCS LD LEA LGA LMS LSB LSP MA MAT MD MI MOJ MOU MP NB NEET NHS NI NO NQT OFSTED OK OPM ONS OT PA PC PCC PE
  PEP PHE PID PIP PLO PM PMO PO PPE PR PRU PS PSA PSW PV QA QC QI RAG RE RI SA SAB SAR SCR SEN SENCO SFA SGO SI
  SIB SLA SLT SM SMT SOP SPOC SRO SSW ST SW TA TAC TAF TBA TBC TBD TL TM TOR TUPE TV UASC UK UN US USA VA VAT VCS VLE VSK VS
  WTE YJB YOS YOT YP YPA ABC ADCS AM CIC CEX COG EHCP EMT EY LP MASH MDT PEX SEF
`)

function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().split(/\s+/).filter(Boolean))
}
