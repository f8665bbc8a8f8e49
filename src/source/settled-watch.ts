import { durationMs } from '../time/duration.ts';
import type { Readiness } from './choose-drop.ts';
import { markerOf } from './match-name.ts';
import type { SourceSettings } from './schema.ts';
import type { ListedFile } from './source.ts';

/** Remembers the looks at one folder, and knows which of its files have come to rest. */
export interface SettledWatch {
  /**
   * One look at the folder. Answers what it now knows about each file of this listing.
   * @param when by a clock that nobody sets
   */
  look(listing: readonly ListedFile[], when: LookTime): (file: ListedFile) => Readiness;
}

/** A listing takes its time: a file was seen somewhere in between. */
export interface LookTime {
  begunMs: number;
  endedMs: number;
}

/**
 * `quiet`: a file is settled once two looks at least that far apart saw the same size and time, and none between them
 * saw others. The time of the file itself says nothing about its age: copying programs set it, and hosts have clocks
 * of their own. `marker`: a file is settled while its marker lies beside it.
 */
export function openSettledWatch(ready: SourceSettings['ready']): SettledWatch {
  return 'marker' in ready ? watchMarkers(ready.marker) : watchQuiet(durationMs(ready.quiet));
}

function watchMarkers(marker: string): SettledWatch {
  return {
    look(listing) {
      const names = new Set(listing.map((file) => file.name));
      return (file) => (names.has(markerOf(marker, file.name)) ? 'settled' : 'unmarked');
    },
  };
}

function watchQuiet(quietMs: number): SettledWatch {
  let seen = new Map<string, { file: ListedFile; sinceMs: number }>();
  return {
    look(listing, { begunMs, endedMs }) {
      // Only what this listing has is remembered: a file that went and came again starts anew.
      seen = new Map(
        listing.map((file) => {
          const before = seen.get(file.name);
          const sinceMs = before && isSame(before.file, file) ? before.sinceMs : endedMs;
          return [file.name, { file, sinceMs }];
        }),
      );
      const now = seen;
      return (file) => {
        const sinceMs = now.get(file.name)?.sinceMs ?? endedMs;
        return begunMs - sinceMs >= quietMs ? 'settled' : 'growing';
      };
    },
  };
}

function isSame(one: ListedFile, other: ListedFile): boolean {
  return one.sizeBytes === other.sizeBytes && one.modifiedMs === other.modifiedMs;
}
