/** What the comment at the head of a preset says of it. */
export interface PresetAbout {
  /** The lines before the first key, as one text. */
  summary: string;
  direction: string;
  /** The documents that state the format. */
  source: string;
  /** What no public document states, and the district must look at. */
  toConfirm: string;
  dates: string;
  statuses: string;
  note: string;
}

const KEYS: Readonly<Record<string, keyof PresetAbout>> = {
  Direction: 'direction',
  Source: 'source',
  'To confirm': 'toConfirm',
  Dates: 'dates',
  Statuses: 'statuses',
  Note: 'note',
};
const KEYED = new RegExp(`^# (${Object.keys(KEYS).join('|')}): (.*)$`);

/**
 * Reads the comment at the head of a preset: `# Key: text`, going on in the lines below. It stands there, and not in a
 * list beside the presets, so that whoever opens one to copy it reads it.
 */
export function readPresetAbout(text: string): PresetAbout {
  const about: PresetAbout = {
    summary: '',
    direction: '',
    source: '',
    toConfirm: '',
    dates: '',
    statuses: '',
    note: '',
  };
  let key: keyof PresetAbout = 'summary';
  for (const line of text.split('\n')) {
    if (!line.startsWith('#')) break;
    const [, name = '', begun] = KEYED.exec(line) ?? [];
    key = KEYS[name] ?? key;
    about[key] = `${about[key]} ${begun ?? line.replace(/^#\s*/, '')}`.trim();
  }
  return about;
}
