import { createContext, useContext } from 'react';
import type { SpecProblem } from '@meshway/plugin-meshed-service-common';

/** What is wrong, by path of the field, for every input below. */
export const Problems = createContext<readonly SpecProblem[]>([]);

/** @returns the sentence about exactly this field. */
export function useProblem(path: string): string | undefined {
  return useContext(Problems).find(problem => problem.path === path)?.message;
}
