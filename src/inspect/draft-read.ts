import type { OpenPlace } from './draft-context.ts';
import type { Profile } from './profile.ts';
import { yamlText } from './yaml-text.ts';

/** What stands for nothing in systems; NA and None may be names or codes. */
const NOTHING = /^(?:NULL|null|\(null\)|<null>|\\N|#N\/A)$/;
const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  ',': 'comma',
  '\t': 'tab',
  '|': 'pipe',
  ';': 'semicolon',
};

/** How the file is read, as the evidence says; the encoding stays with auto, because another night may bring another. */
export function draftRead(
  profile: Profile,
  ask: (place: OpenPlace) => string,
): { lines: string[]; nulls: string[] } {
  const nulls = nullsOf(profile);
  const read = {
    encoding: 'auto',
    delimiter: DELIMITER_NAMES[profile.delimiter] ?? profile.delimiter,
    header: profile.hasHeader ? true : profile.columns.map((column) => column.name),
    quote: profile.quote === '"' ? undefined : profile.quote,
    escape: profile.escape === 'double' ? undefined : profile.escape,
    skip_lines: profile.skipLines === 0 ? undefined : profile.skipLines,
    null: nulls.length === 0 ? undefined : nulls,
  };
  const marks = [
    ...(profile.hasHeader ? [] : ['the file has no header: give the columns their names, here and below']),
    ...profile.remarks
      .filter((remark) => remark.code === 'footer' || remark.code === 'repeated_header')
      .map((remark) => lowerFirst(remark.message)),
    ...(nulls.length > 0 && isInName(profile, nulls)
      ? [`also makes a surname ${nulls.join(' or ')} blank`]
      : []),
  ].map((why) => ask({ where: 'read', why, candidates: [] }));
  return { lines: [...marks.map((one) => one.trim()), `read: ${yamlText(read)}`], nulls };
}

/** Listed where a column that has no names in it has them. */
function nullsOf({ columns }: Profile): string[] {
  const found = columns
    .filter((column) => column.type !== 'name')
    .flatMap((column) => column.literals.map((one) => one.value));
  return [...new Set(found)].filter((value) => NOTHING.test(value));
}

function isInName({ columns }: Profile, nulls: readonly string[]): boolean {
  return columns.some(
    ({ type, literals }) => type === 'name' && literals.some((one) => nulls.includes(one.value)),
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
