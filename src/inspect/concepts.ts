import { foldHeader, headerWords, withoutTable } from './fold-header.ts';
import type { ValueType } from './profile.ts';

/** What a column of the field means, whatever it is called. */
export interface Concept {
  name: string;
  kind: Exclude<ValueType, 'empty'>;
}

/**
 * The names under which student systems write their columns, folded: PowerSchool, Aeries (STU.ID and the short LN, FN),
 * Infinite Campus, Skyward, Synergy, Aspen, eSchoolData, Clever, OneRoster, SDS, Xello, SchoolMint.
 */
const NAMES: Readonly<Record<string, readonly [kind: Concept['kind'], names: string]>> = {
  student_id: [
    'id',
    'studentid studentnumber studentno stuid stuno studentlocalid localstudentid localid sisid studentsisid lasid permid permanentid personid pupilid pupilnumber pupilno studentdistrictid districtstudentid districtid schoolstudentid studentcode studentidnumber studentsourcedid sourcedid enrolledid conpid otherid id',
  ],
  state_id: [
    'id',
    'stateid statestudentid statestudentnumber studentstateid ssid sasid stateprovnumber stucid cid uic nyssisid statenumber stateidnumber',
  ],
  previous_id: ['id', 'previousid oldid temporaryid formerid previousstudentid oldstudentid'],
  household_id: ['id', 'householdid familyid familynumber familycode'],
  last_name: [
    'name',
    'lastname lname surname familyname studentlastname stuln ln legallastname legallname studentlname namelast last',
  ],
  first_name: [
    'name',
    'firstname fname givenname forename studentfirstname stufn fn legalfirstname studentfname namefirst first',
  ],
  middle_name: [
    'name',
    'middlename mname middle studentmiddlename stumn mn legalmiddlename middleinitial mi',
  ],
  preferred_name: [
    'name',
    'preferredname nickname nick preferredfirstname preferredgivenname knownas goesby aka',
  ],
  full_name: ['name', 'studentname fullname lastfirst name'],
  suffix: ['name', 'suffix namesuffix generation'],
  birth_date: [
    'date',
    'birthdate dob dateofbirth birthday bday studentdob studentbirthdate stubd bd birthdt',
  ],
  gender: ['code', 'gender sex studentgender stusx sx gendercode sexcode'],
  grade: [
    'code',
    'grade gradelevel gradelvl gr gradecode currentgrade currentgradelevel studentgrade stugr grades',
  ],
  school: [
    'code',
    'schoolid school schoolcode schoolnumber schoolno currentschoolcode stusc sc building buildingcode buildingid bldg locationid campus campusid orgsourcedids orgsourcedid entityid homeschool homeschoolid schoolsisid enrollmentschoolid',
  ],
  school_name: ['name', 'schoolname buildingname campusname orgname locationname'],
  next_school: ['code', 'nextschool nextschoolid preregschoolcode stuns nextschoolcode'],
  status: [
    'code',
    'enrollstatus status enrollmentstatus studentstatus stutg tg enrolstatus statuscode activestatus activeinactive isactive active enabledstatus',
  ],
  entry_date: [
    'date',
    'entrydate entry enrolldate enrollmentdate enterdate enrollmentstartdate stued startdate begindate districtentrydate sisentrydate schoolentrydate admitdate admissiondate',
  ],
  exit_date: [
    'date',
    'exitdate leavedate withdrawaldate withdrawdate enrollmentenddate stuld enddate sisexitdate',
  ],
  exit_code: ['code', 'exitcode withdrawalcode leavecode exitreason'],
  ethnicity: [
    'code',
    'ethnicity race ethniccode racecode ethnicitycode stueth sturc1 raceethnicity fedethnicity federalrace',
  ],
  hispanic: [
    'boolean',
    'hispanic hispaniclatino ishispanic hispanicorlatino hispanicorlatinoethnicity fedethnicityhispanic',
  ],
  home_language: [
    'code',
    'homelanguage language primarylanguage homeprimarylanguage stuhl languagecode homelang homelanguagecode',
  ],
  english_learner: [
    'boolean',
    'lep ell el ellstatus englishlearner lepstatus englishlanguagelearner elstatus',
  ],
  special_education: ['boolean', 'sped iep specialeducation iepstatus speced specialed hasiep swd'],
  lunch_status: ['code', 'lunchstatus frlstatus mealstatus frl freereduced lunch lunchcode mealcode'],
  email: ['email', 'email emailaddress studentemail stuem studentemailaddress mail emailaddr'],
  phone: [
    'phone',
    'phone homephone phonenumber telephone studentphone stutl tl homephonenumber primaryphone phone1 tel',
  ],
  mobile_phone: [
    'phone',
    'mobilephone cellphone mobile cell mobilephonenumber studentmobile cellphonenumber',
  ],
  street: [
    'text',
    'street address address1 streetaddress addressline1 homeaddress mailingstreet mailingaddress studentstreet stuad ad addr street1 homestreet residentialaddress',
  ],
  unit: ['text', 'unit apartment apt address2 addressline2 aptnumber unitnumber street2'],
  city: ['code', 'city town stucy cy studentcity mailingcity homecity addresscity municipality'],
  state: ['code', 'state province stust st studentstate mailingstate homestate stateprovince addressstate'],
  postal_code: [
    'postal_code',
    'zip zipcode postalcode postcode stuzc zc studentzip mailingzip homezip zip5 addresszip',
  ],
  country: ['code', 'country countrycode birthcountry nation'],
  graduation_year: ['number', 'graduationyear gradyear graduationyr classof cohortyear yog yearofgraduation'],
  school_year: ['code', 'schoolyear sisschoolyear year academicyear schoolyearid'],
  counselor: ['name', 'counselor counsellor counselorname'],
  notes: ['text', 'notes note comments comment remarks remark alert alerttext'],
  contact_id: [
    'id',
    'contactid guardianid parentid contactsisid guardiansourcedid guardiannumber contactnumber consq parentguardianid',
  ],
  contact_last_name: [
    'name',
    'contactlastname contactnamelast guardianlastname parentlastname guardian1lastname guardian1lname parent1lastname guardianlname conln primarycontactlastname contactlname contact1lastname',
  ],
  contact_first_name: [
    'name',
    'contactfirstname contactnamefirst guardianfirstname parentfirstname guardian1firstname guardian1fname parent1firstname guardianfname confn primarycontactfirstname contactfname contact1firstname',
  ],
  contact_name: [
    'name',
    'contactname guardianname parentname guardian parent parentguardian contact stupg mothername fathername guardian1name',
  ],
  contact_phone: [
    'phone',
    'contactphone guardianphone parentphone guardian1phone parent1phone contel contl contactphone1 contact1phone contacthomephone contactphonenumber',
  ],
  contact_email: [
    'email',
    'contactemail guardianemail parentemail guardian1email parent1email conem contactemailaddress contact1email',
  ],
  relationship: [
    'code',
    'relationship relation contactrelationship relationshipcode conrl relationshiprole relationshiptype relationshiptostudent guardianrelationship contactrelation guardian1relationship',
  ],
  priority: [
    'code',
    'priority contactpriority order contactorder sequence sequencenumber contactsequence emergencypriority callorder rank',
  ],
  contact_type: ['code', 'contacttype guardiantype'],
  lives_with: ['boolean', 'liveswith liveswithstudent livesw residenceflag contactliveswith conlw'],
  may_pick_up: ['boolean', 'pickup maypickup canpickup schoolpickup pickupallowed pickupflag'],
  legal_guardian: ['boolean', 'legalguardian islegalguardian custody hascustody legal'],
  staff_id: ['id', 'staffid teacherid employeeid educatorid teachernumber staffnumber usersourcedid'],
  course_id: ['id', 'courseid coursenumber coursecode courseno crsid'],
  course_name: ['name', 'coursename coursetitle'],
  section_id: ['id', 'sectionid sectionnumber classid classsourcedid'],
};

const BY_NAME: ReadonlyMap<string, Concept> = new Map(
  Object.entries(NAMES).flatMap(([name, [kind, names]]) =>
    [foldHeader(name), ...names.split(' ')].map((one) => [one, { name, kind }] as const),
  ),
);

/** What a header is known to mean; undefined where no system that is known writes it. */
export function conceptOf(header: string): Concept | undefined {
  return BY_NAME.get(foldHeader(header)) ?? BY_NAME.get(foldHeader(withoutTable(header)));
}

/** Words that make a column one about people, so that its values are not shown even where they are few. */
const PERSONAL =
  /^(?:.*names?|apellidos?|nombres?|nom|prenom|nachname|vorname|nome|cognome|contacts?|mother|father|guardian|parent|sibling|doctor|physician|dentist|employer|street|address|phone|tel|mobile|cell|.*mail|birth|dob|ssn|notes?|comments?|remarks?|alert|medical|health|allerg.*|password|username|login)\d*$/;

const PERSONAL_KINDS: ReadonlySet<string> = new Set([
  'name',
  'email',
  'phone',
  'date',
  'text',
  'postal_code',
]);

/** Whether values under this header are of people rather than of a list of codes. */
export function isPersonal(header: string): boolean {
  const concept = conceptOf(header);
  if (concept) return PERSONAL_KINDS.has(concept.kind) && concept.name !== 'school_name';
  return headerWords(header).some((word) => PERSONAL.test(word));
}
