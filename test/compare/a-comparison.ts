import {
  type CompareOptions,
  compileComparison,
  type KnownRecord,
  type MappedRecord,
} from '../../src/compare/compare-record.ts';
import { compileGradeOrder } from '../../src/compare/grade-order.ts';

export const TARGETS = ['id', 'lname', 'phone', 'status'];

/** The comparison of a small file: phones are cleared by a blank, nothing else is. */
export function compileSample(options: Partial<CompareOptions> = {}) {
  const targets = options.targets ?? TARGETS;
  return compileComparison({
    targets,
    lastTargets: targets,
    overwrite: targets.map((target) => target === 'phone'),
    reactivate: 'send',
    gradeOrder: compileGradeOrder(),
    ...options,
  });
}

export function known(what: Partial<KnownRecord> = {}): KnownRecord {
  const values = ['7', 'Ortiz', '555', 'A'];
  return { id: '7', values, mapped: '0123456789abcdef', active: true, school: '410', grade: '5', ...what };
}

export function mapped(what: Partial<MappedRecord> = {}): MappedRecord {
  return { id: '7', values: ['7', 'Ortiz', '555', 'A'], active: true, school: '410', grade: '5', ...what };
}
