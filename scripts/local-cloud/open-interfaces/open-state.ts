/** What the open interfaces remember until the state is reset. */
export interface Order {
  totalFee: number;
  attach: string | undefined;
  prepayId: string;
  closed: boolean;
}

export interface OpenState {
  /** Codes of `getPhoneNumber` that were exchanged. */
  usedCodes: Set<string>;
  /** By the merchant's number and the order's. */
  orders: Map<string, Order>;
}

export function createOpenState(): OpenState {
  return { usedCodes: new Set(), orders: new Map() };
}
