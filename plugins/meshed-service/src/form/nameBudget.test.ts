import { bounds } from '@meshway/plugin-meshed-service-common';
import { nameBudget } from './nameBudget';
import { nameProblems } from './checkName';

describe('nameBudget', () => {
  it.each([
    { cluster: 'local' },
    { cluster: 'eu-central-1-production-very-long-name' },
    { cluster: 'local', namespace: 'n'.repeat(40) },
  ])('is what the door of the ask flow lets in, for %p', place => {
    const { limit } = nameBudget(place);

    expect(limit).toBeLessThanOrEqual(bounds.name);
    expect(nameProblems('a'.repeat(limit), place)).toEqual([]);
    expect(nameProblems('a'.repeat(limit + 1), place)).not.toEqual([]);
  });
});
