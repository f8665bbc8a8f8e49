import { expect } from 'chai';
import { isEndless } from '../../src/conditions/endless-pattern.ts';
import { compileWholePattern } from '../../src/conditions/whole-pattern.ts';

/** Each doubles its work with every character of a value that does not fit. */
const ENDLESS = [
  '(a+)+',
  '(a*)*',
  '(a|a)*',
  '(a|ab|b)*',
  '(\\w+\\s?)*',
  '([A-Z][a-z]*)*[A-Za-z]*([A-Za-z]+)*',
  '(\\d{1,3})*',
  '(.*)*x',
  '(?:[a-z]+[0-9]*)+',
  '(\\p{L}+[ -]?)+',
  '(([a-z])+.)+[A-Z]([a-z])+',
  '^(([^<>()\\[\\]\\\\.,;:\\s@"]+(\\.[^<>()]+)*))+$',
  '(x?|y?)*z*(a?a?)*',
  '(\\w{1,20}\\s?){1,30}',
  '(?<name>a+)+',
  '(a|\\u0061)+',
  '((a|b)+c?)+',
  '([^,]+,?)+',
  '(?:(?:a+)b?)+',
  '(a+?)+?',
];

/** What people write, and what is slow by a power of the length only. */
const FINE = [
  '\\d{9}',
  '[A-Z]{2}\\d{4,6}',
  '\\d{3}-\\d{2}-\\d{4}',
  '(\\d{2}){5}',
  "[\\p{L} .'-]+",
  '\\w+@\\w+(\\.\\w+)+',
  '(0?[1-9]|1[0-2])/(0?[1-9]|[12]\\d|3[01])/\\d{4}',
  '(?:\\d{1,3}\\.){3}\\d{1,3}',
  '[A-Za-z]+( [A-Za-z]+)*',
  '(Mr|Ms|Mx)\\.? .*',
  '\\s*(.*?)\\s*',
  '(\\w+), (\\w+)',
  '(?=.*\\d)[a-z\\d]+',
  '(a|b)*',
  '(ab|cd|e)*',
  '(\\([0-9]{3}\\)|[0-9]{3}-)[0-9]{3}-[0-9]{4}',
  '([a-z])\\1*',
  '.*',
  '',
  'a||b',
  '[^]*',
  '(?:PK|K|0?[1-9]|1[0-2])',
  '([A-Z]+-)*[A-Z]+',
  '\\b\\w+\\b',
  '(?:a{3}){4}',
  '\\{x\\}',
  '[\\]a-z)(]+',
  '\\s+',
  '[^\\w]+',
  '(?<year>\\d{4})-(?<month>\\d\\d)',
  '\\u{1F600}+',
  '(\\d+)(st|nd|rd|th)',
];

describe('conditions/endless-pattern', () => {
  for (const pattern of ENDLESS)
    it(`finds ${pattern}`, () => {
      new RegExp(pattern, 'u');
      expect(isEndless(pattern)).to.equal(true);
    });

  it('leaves what people write', () => {
    expect(FINE.filter((pattern) => isEndless(pattern))).to.deep.equal([]);
  });

  it('knows that capitals do not count where they do not', () => {
    expect([isEndless('(a|A)*'), isEndless('(a|A)*', true)]).to.deep.equal([false, true]);
  });

  it('is not asked about what is far too long, so that no power of the length keeps a night waiting', () => {
    const fits = compileWholePattern('[a-z]*[a-z]*');
    expect([fits('a'.repeat(1000)), fits('a'.repeat(1001))]).to.deep.equal([true, false]);
    const startMs = performance.now();
    expect(compileWholePattern('[a-z]*[a-z]*[a-z]*x')(`${'a'.repeat(900_000)}`)).to.equal(false);
    expect(performance.now() - startMs).to.be.below(2000);
  });

  it('is quick about what is long', () => {
    const long = [
      'a'.repeat(2000),
      `(${'a|b|c|'.repeat(400)}d)`,
      '(a?){60}',
      `(${'\\d{1,9}'.repeat(30)})?`,
      '(((a{9}){9}){9}){9}',
    ];
    const startMs = performance.now();
    for (const pattern of long) isEndless(pattern);
    expect(performance.now() - startMs).to.be.below(10_000);
  });
});
