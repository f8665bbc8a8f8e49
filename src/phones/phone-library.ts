/**
 * Phones: how the countries of the world write their numbers.
 *
 * in:       the name of a country, a number as somebody wrote it
 * out:      the number, whole and valid, or nothing
 * promises: is loaded when a number or a country first asks for it: that costs as much as reading a configuration
 * never:    guesses a country
 */
import { createRequire } from 'node:module';

type PhoneLibrary = typeof import('libphonenumber-js/min');

let library: PhoneLibrary | undefined;

/** The library itself. Loaded by require, since whoever asks is in the middle of a row and cannot wait. */
export function phoneLibrary(): PhoneLibrary {
  library ??= createRequire(import.meta.url)('libphonenumber-js/min') as PhoneLibrary;
  return library;
}
