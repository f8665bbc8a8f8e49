import { z } from 'zod';
import { Flaw, transformation } from './transform.ts';

/** The shape that mail servers agree on; whether anybody reads the mail is for the importing system to find out. */
const SHAPE = /^[^\s@"(),:;<>[\]\\]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;
const LONGEST = 254;

export const email = transformation({
  name: 'email',
  summary:
    'Checks that the value has the shape of one e-mail address, trims it, and writes the part after the @ in small letters. The part before it is kept, because the receiving server alone knows whether its case matters; put `lower` behind to write all of it small.',
  options: z.strictObject({}),
  examples: [
    { value: ' Maria.Cruz@Example.ORG ', gives: 'Maria.Cruz@example.org' },
    { value: 'maria.cruz@example', flaw: 'bad_value' },
    { value: 'a@example.org; b@example.org', flaw: 'bad_value', note: 'two addresses' },
    { value: 'none', flaw: 'bad_value' },
  ],
  compile() {
    const flaw = new Flaw('bad_value', 'The value is no e-mail address.');
    return (value) => {
      const address = value.trim();
      if (address.length > LONGEST || !SHAPE.test(address)) return flaw;
      const at = address.indexOf('@');
      return address.slice(0, at) + address.slice(at).toLowerCase();
    };
  },
});
