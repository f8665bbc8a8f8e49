/** Names for people who do not exist: common names put together by chance, and the odd ones that break pipelines. */

const SURNAMES =
  words(`Adams Ahmed Alvarez Anderson Bailey Baker Barnes Bell Bennett Brooks Brown Butler Campbell
  Carter Castillo Chan Chen Clark Collins Cook Cooper Costa Cruz Davis Diaz Edwards Evans Fernandes Flores Foster
  Garcia Gomez Gonzalez Gray Green Gupta Hall Harris Hassan Hernandez Hill Howard Hughes Jackson James Jean Jenkins
  Johnson Jones Kelly Khan Kim King Lee Lewis Lopez Martin Martinez Miller Mitchell Mohamed Moore Morales Morgan
  Morris Murphy Myers Nelson Nguyen Ortiz Parker Patel Perez Perry Peterson Phillips Pierre Powell Price Ramirez
  Reed Reyes Richardson Rivera Roberts Robinson Rodriguez Rogers Ross Russell Sanchez Sanders Santos Scott Silva
  Singh Smith Stewart Sullivan Taylor Thomas Thompson Torres Tran Turner Walker Ward Watson White Williams Wilson
  Wong Wood Wright Young`);

/** Surnames that are real surnames and look like mistakes, or need more than ASCII letters. */
const ODD_SURNAMES = [
  'Null',
  'NA',
  "O'Brien",
  'O’Connor',
  "D'Angelo",
  "N'Diaye",
  'Smith-Jones',
  'García-López',
  'Álvarez Peña',
  'De La Cruz',
  'van der Berg',
  'St. Pierre',
  'Núñez',
  'Muñoz',
  'Müller',
  'Sørensen',
  'Gonçalves',
  'François',
  'Nguyễn',
  'Łukasik',
  'Yılmaz',
  'Ng',
  'O',
  'True',
  'Noneman',
];

const GIRLS =
  words(`Abigail Alice Amara Amelia Amina Ana Aria Ava Beatriz Camila Caroline Charlotte Chloe Clara
  Daniela Elena Ella Emily Emma Eva Fatima Gabriela Grace Hannah Hazel Isabella Jada Jasmine Julia Kayla Laila
  Lara Leah Lily Linh Lucia Luna Maria Maya Mei Mia Naomi Nina Nora Olivia Penelope Priya Rosa Ruth Samira Sara
  Sofia Stella Valentina Victoria Violet Ximena Yara Zara Zoe`);

const BOYS =
  words(`Aaron Adam Ahmed Alexander Amir Andre Anthony Arjun Benjamin Bruno Caleb Carlos Carter Daniel
  David Diego Dylan Eduardo Eli Elias Emmanuel Ethan Felix Gabriel Henry Hugo Ian Isaac Ivan Jack James Jayden
  Joao Jordan Joseph Joshua Julian Kai Kevin Leo Liam Lucas Malik Marcus Mateo Matthew Minh Nathan Noah Oliver
  Omar Oscar Owen Pablo Rafael Ravi Samuel Theo Thomas Tyler Victor William Wyatt Yusuf`);

const ODD_FIRST_NAMES = [
  'José',
  'Zoë',
  'Renée',
  'Sofía',
  'Jürgen',
  'Inês',
  'Mary Ann',
  'Ana María',
  'Jean-Luc',
  'Anne-Marie',
  "D'Andre",
  'Ke’Shawn',
  'J.D.',
  'Đức',
  'Stanisław',
  'Ümit',
  'Bo',
  'A',
];

/** In quotes behind the first name, as a front office types it. */
export const NICKNAMES = ['Bo', 'Mimi', 'JJ', 'Teddy', 'Lulu', 'Ace'];

/** A name as a form shows it and as an e-mail address spells it. */
export interface Name {
  text: string;
  slug: string;
}

export interface NameLists {
  surnames: readonly Name[];
  oddSurnames: readonly Name[];
  girls: readonly Name[];
  boys: readonly Name[];
  oddFirstNames: readonly Name[];
}

/** Every name that the encoding can write. */
export function listNames(canWrite: (text: string) => boolean): NameLists {
  const keep = (texts: readonly string[]) =>
    texts.filter(canWrite).map((text) => ({ text, slug: slugOf(text) }));
  return {
    surnames: keep(SURNAMES),
    oddSurnames: keep(ODD_SURNAMES),
    girls: keep(GIRLS),
    boys: keep(BOYS),
    oddFirstNames: keep(ODD_FIRST_NAMES),
  };
}

const PLAIN: Record<string, string> = { đ: 'd', ł: 'l', ø: 'o', ı: 'i' };

function slugOf(text: string): string {
  const lower = text.toLowerCase().replace(/[đłøı]/g, (letter) => PLAIN[letter] ?? '');
  return lower.normalize('NFD').replace(/[^a-z]/g, '');
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
