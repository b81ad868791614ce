const memoryUnits: Readonly<Record<string, number>> = {
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
};

/** @returns millicores of an amount of CPU that its pattern has let through. */
export function millicores(cpu: string): number {
  return cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000;
}

/** @returns bytes of an amount of memory that its pattern has let through. */
export function bytes(memory: string): number {
  return Number(memory.slice(0, -2)) * memoryUnits[memory.slice(-2)];
}
