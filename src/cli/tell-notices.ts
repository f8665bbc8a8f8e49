import type { Logger } from '../log/logger.ts';
import type { TellNotice } from '../source/source.ts';

const MOST_REMEMBERED = 1000;

/** The same folders are listed again and again: what is odd in one is said once, until it is no longer remembered. */
export function openNoticeLog(logger: Logger): (connection: string) => TellNotice {
  const told = new Set<string>();
  return (connection) =>
    ({ kind, name, message }) => {
      const key = `${connection}\0${kind}\0${name}`;
      if (told.has(key)) return;
      if (told.size >= MOST_REMEMBERED) told.clear();
      told.add(key);
      logger.warn({ connection, notice: kind }, message);
    };
}
