/** In the order of the tables of the standard (IMS OneRoster 1.1 and 1.2, CSV binding, manifest.csv). */
export const ONEROSTER_FILES = {
  '1.1': [
    'academicSessions',
    'categories',
    'classes',
    'classResources',
    'courses',
    'courseResources',
    'demographics',
    'enrollments',
    'lineItems',
    'orgs',
    'resources',
    'results',
    'users',
  ],
  '1.2': [
    'academicSessions',
    'categories',
    'classes',
    'classResources',
    'courses',
    'courseResources',
    'demographics',
    'enrollments',
    'lineItemLearningObjectiveIds',
    'lineItems',
    'lineItemScoreScales',
    'orgs',
    'resources',
    'resultLearningObjectiveIds',
    'results',
    'resultScoreScales',
    'roles',
    'scoreScales',
    'userProfiles',
    'userResources',
    'users',
  ],
} as const;

export type OneRosterVersion = keyof typeof ONEROSTER_FILES;

/** Of `package.manifest`. */
export function versionOf(manifest: `oneroster-${OneRosterVersion}`): OneRosterVersion {
  return manifest === 'oneroster-1.1' ? '1.1' : '1.2';
}

/** Names of files that the standard does not know: no reader would look at them. */
export function unknownToOneRoster(version: OneRosterVersion, files: readonly string[]): string[] {
  const known = new Set(ONEROSTER_FILES[version].map((name) => `${name}.csv`));
  return files.filter((file) => !known.has(file));
}
