/** What the published plans allow an environment. */

export interface Plan {
  name: string;
  readsPerDay: number;
  /** Where it could be confirmed. */
  writesPerDay?: number;
  gbSecondsPerMonth: number;
  callsPerMonth?: number;
  databasePerSecond?: number;
}

/** https://developers.weixin.qq.com/miniprogram/en/dev/wxcloud/basis/concepts/quota.html */
export const BASIC: Plan = {
  name: '基础版 1',
  readsPerDay: 50_000,
  writesPerDay: 30_000,
  gbSecondsPerMonth: 40_000,
  callsPerMonth: 200_000,
  databasePerSecond: 30,
};

/** The published prepaid table (资源均衡型). Its later lines, writes among them, could not be confirmed. */
export const PLANS: readonly Plan[] = [
  BASIC,
  { name: '基础版 2', readsPerDay: 250_000, gbSecondsPerMonth: 200_000 },
  { name: '专业版 1', readsPerDay: 500_000, gbSecondsPerMonth: 400_000 },
  { name: '专业版 2', readsPerDay: 1_500_000, gbSecondsPerMonth: 1_500_000 },
  { name: '专业版 3', readsPerDay: 3_000_000, gbSecondsPerMonth: 3_000_000 },
  { name: '旗舰版 1', readsPerDay: 5_000_000, gbSecondsPerMonth: 4_000_000 },
  { name: '旗舰版 2', readsPerDay: 10_000_000, gbSecondsPerMonth: 15_000_000 },
];

/** Functions have 256 MB here. */
export const MEMORY_GB = 0.25;
