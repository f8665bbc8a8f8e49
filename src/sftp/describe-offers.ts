import type { SftpOffers } from './session.ts';

/** What a host can do, one phrase each, for a person who sets it up. Nothing is tried: some of it shows only in use. */
export function describeOffers(offers: SftpOffers): string[] {
  const extensions: [boolean, string][] = [
    [offers.posixRename, 'posix-rename'],
    [offers.fsync, 'fsync'],
    [offers.hardlink, 'hardlink'],
    [offers.statvfs, 'statvfs'],
    [offers.limits !== undefined, 'limits'],
  ];
  const has = extensions.filter(([isOffered]) => isOffered).map(([, name]) => name);
  const lacks = extensions.filter(([isOffered]) => !isOffered).map(([, name]) => name);
  return [
    ...(offers.software === undefined ? [] : [`software ${offers.software}`]),
    `offers ${has.length === 0 ? 'no extension' : has.join(', ')}`,
    ...(lacks.length === 0 ? [] : [`does not offer ${lacks.join(', ')}`]),
    ...(offers.limits ? [limitsOf(offers.limits)] : []),
    // A rename that replaces makes no difference where posix-rename does it.
    ...(offers.posixRename ? [] : ['whether its rename replaces a file is unknown: only a delivery shows']),
  ];
}

function limitsOf({ readBytes, writeBytes, openHandles }: NonNullable<SftpOffers['limits']>): string {
  const handles = openHandles === undefined ? '' : `, ${openHandles} open files`;
  return `takes reads of ${kilobytes(readBytes)} and writes of ${kilobytes(writeBytes)}${handles}`;
}

function kilobytes(bytes: number): string {
  return `${Math.floor(bytes / 1024)} KiB`;
}
