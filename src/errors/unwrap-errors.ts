import { entry } from './catalogue-entry.ts';

/** What is wrong with a drop that came packed. */
export const UNWRAP_ERRORS = {
  zip_unreadable: entry(
    3,
    'A zip is damaged, cut, or packed in a way that cannot be read.',
    'Have it packed and uploaded again; a cut zip is never delivered.',
  ),
  zip_refused: entry(
    3,
    'A zip is made as no extract is: far too large once unpacked, with links, or with one file twice.',
    'Look at the zip before anything else is done with it; an extract is packed as plain files.',
  ),
  zip_encrypted: entry(
    3,
    'A file in a zip is locked with a password.',
    'Have it packed without a password; encrypt the drop for the service with PGP or age instead.',
  ),
  zip_incomplete: entry(
    3,
    'A zip lacks a file that the connection requires.',
    'Hold the names of the files in the zip against files.NAME.match of the connection.',
  ),
  delta_drop: entry(
    3,
    'The manifest of a drop says that a file has changes only.',
    'Have the whole set exported (bulk); students who are not in it would be taken for gone.',
  ),
} as const;
