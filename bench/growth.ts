export async function measureGrowth(_: { rounds: number; isLarge: boolean }): Promise<void> {}
