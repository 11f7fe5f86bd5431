/**
 * `wx.cloud.CloudID(id)`: stands for open data that WeChat puts in its place, at the top of the
 * data of a call; further down it stays the text that it is
 * (https://developers.weixin.qq.com/minigame/dev/wxcloud/reference-sdk-api/open/Cloud.CloudID.html).
 */
class CloudIdValue {
  constructor(readonly cloudID: string) {}

  toJSON(): string {
    return this.cloudID;
  }
}

/** With and without `new`. */
export function CloudID(cloudID: unknown): object {
  return new CloudIdValue(String(cloudID));
}

/** The data of a call as the local cloud takes it: `{ "$cloudID": id }` is a CloudID. */
export function callData(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data ?? {};
  return Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof CloudIdValue ? { $cloudID: value.cloudID } : value,
    ]),
  );
}
