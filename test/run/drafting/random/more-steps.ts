// biome-ignore-all lint/suspicious/noThenProperty: the step has a word `then`; no promise is near.
/** Steps beside those of the examples: options that those do not show, and values at which they could go wrong. */
export const MORE_STEPS: readonly {
  name: string;
  options?: unknown;
  row?: Readonly<Record<string, string>>;
  value: string;
}[] = [
  { name: 'value', options: 'a,"b"', value: '' },
  { name: 'value', options: '', value: 'x' },
  { name: 'value', options: '=1', value: '' },
  { name: 'value', options: 'é–李', value: '' },
  { name: 'truncate', options: 2, value: 'a\u0301b' },
  { name: 'truncate', options: 64, value: 'y'.repeat(65) },
  { name: 'substring', options: { start: 2, length: 1 }, value: '😀é' },
  { name: 'pad_left', options: { length: 70, with: ' ' }, value: '7' },
  { name: 'pad_left', options: { length: 3, with: '=' }, value: '7' },
  // Takes a character of two units apart.
  { name: 'substitute', options: { find: '^[\\ud83d]', with: '', regex: true }, value: '😀' },
  { name: 'substitute', options: { find: 'e', with: '"' }, value: 'Lee' },
  { name: 'substitute', options: { find: '^', with: '=', regex: true }, value: 'Lee' },
  { name: 'substitute', options: { find: ' ', with: '\r' }, value: 'Maria Cruz' },
  { name: 'substitute', options: { find: ' ', with: '\u001f' }, value: 'Maria Cruz' },
  { name: 'split', options: { on: ' ', take: 1 }, value: ' Lee' },
  { name: 'date', options: { from: ['M/d/yyyy', 'yyyy-MM-dd', 'M/d/yy'] }, value: '3/9/15' },
  { name: 'date', options: { from: 'M/d/yyyy', to: 'd. M. yyyy' }, value: '3/9/2015' },
  { name: 'age', options: { from: ['M/d/yyyy', 'yyyy-MM-dd'], as_of: '09-01' }, value: '3/9/2015' },
  { name: 'pick', options: ['C1', 'C2', ['C9', 'C3']], row: { C1: '', C2: ' ', C3: 'x' }, value: '' },
  { name: 'join', options: { columns: ['C0', 'C1'], with: '"' }, row: { C0: 'a', C1: 'b' }, value: '' },
  { name: 'template', options: '=HYPERLINK({C0})', row: { C0: 'x' }, value: '' },
  { name: 'template', options: '{C0}{C0}', row: { C0: 'x' }, value: '' },
  { name: 'groups', options: ['{School}: All', 'All'], row: { School: '410' }, value: '' },
  { name: 'today', options: { only_blank: true }, value: '' },
  {
    name: 'if',
    options: { column: 'C0', matches: '[a-z ]+', ignore_case: true, then: { column: 'C1' } },
    row: { C0: 'Lee', C1: 'x' },
    value: 'Ana',
  },
  {
    name: 'if',
    options: { column: 'DOB', before: '2016-01-01', format: 'M/d/yyyy', then: 'old', else: { column: 'C2' } },
    row: { DOB: '3/9/2015', C2: 'x' },
    value: 'Ana',
  },
  {
    name: 'if',
    options: {
      any: [
        { column: 'C0', is: 'lee', ignore_case: true },
        { column: 'C1', empty: true },
      ],
      else: '',
    },
    row: { C0: 'LEE', C1: '\u00a0' },
    value: 'Ana',
  },
];
