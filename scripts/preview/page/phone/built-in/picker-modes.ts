/** What the wheels of a `<picker>` hold, mode by mode, and what they say. */
import { REGIONS, type Region } from './regions';
import type { Wheels } from './picker';

export interface PickerSettings {
  mode: string;
  /** Read anew each time: a page changes it while the wheels turn. */
  range: () => unknown;
  rangeKey: string;
  start: string;
  end: string;
  fields: string;
  level: string;
  customItem: string;
}

export interface PickerMode {
  /** What a form's reset leaves. */
  empty: unknown;
  /** Whether the page hears of every wheel that turns. */
  tellsOfColumns: boolean;
  wheels(value: unknown): Wheels;
  /** The wheels as they are with these items chosen, where that changes any. */
  turned(chosen: readonly number[]): Wheels | undefined;
  result(chosen: readonly number[]): { value: unknown; detail?: object };
  formValue(value: unknown): unknown;
}

export function modeOf(settings: PickerSettings, now: () => Date): PickerMode {
  if (settings.mode === 'multiSelector') return severalColumns(settings);
  if (settings.mode === 'time') return time(settings);
  if (settings.mode === 'date') return date(settings, now);
  if (settings.mode === 'region') return region(settings);
  return oneColumn(settings);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const same = (value: unknown): unknown => value;
const two = (number: number): string => String(number).padStart(2, '0');
const clamp = (index: number, length: number): number =>
  Math.min(Math.max(Number.isFinite(index) ? Math.trunc(index) : 0, 0), Math.max(0, length - 1));

function labels(items: unknown, key: string): string[] {
  if (!Array.isArray(items)) return [];
  return items.map((item: unknown) =>
    String(key !== '' && typeof item === 'object' && item !== null ? Reflect.get(item, key) : item),
  );
}

function oneColumn({ range, rangeKey }: PickerSettings): PickerMode {
  const wheels = (value: unknown): Wheels => {
    const items = labels(range(), rangeKey);
    return { columns: [items], chosen: [clamp(Number(value ?? 0), items.length)] };
  };
  return {
    empty: -1,
    tellsOfColumns: false,
    wheels,
    turned: () => undefined,
    // A string, as WeChat has it.
    result: ([chosen = 0]) => ({ value: String(chosen) }),
    formValue: same,
  };
}

function severalColumns({ range, rangeKey }: PickerSettings): PickerMode {
  const wheels = (value: unknown): Wheels => {
    const items = range();
    const columns = (Array.isArray(items) ? items : []).map((column) => labels(column, rangeKey));
    const chosen: unknown[] = Array.isArray(value) ? value : [];
    return {
      columns,
      chosen: columns.map((column, at) => clamp(Number(chosen[at] ?? 0), column.length)),
    };
  };
  return {
    empty: [],
    tellsOfColumns: true,
    wheels,
    turned: wheels,
    result: (chosen) => ({ value: [...chosen] }),
    formValue: same,
  };
}

function time({ start, end }: PickerSettings): PickerMode {
  const [from, to] = [minutesOf(start, 0), minutesOf(end, 24 * 60 - 1)];
  const hours = span(Math.floor(from / 60), Math.floor(to / 60));
  const minutesIn = (hour: number): number[] =>
    span(
      hour === Math.floor(from / 60) ? from % 60 : 0,
      hour === Math.floor(to / 60) ? to % 60 : 59,
    );
  const at = (minutes: number): Wheels => {
    const inside = Math.min(Math.max(minutes, from), to);
    const hour = Math.floor(inside / 60);
    const choice = minutesIn(hour);
    return {
      columns: [hours.map(two), choice.map(two)],
      chosen: [hours.indexOf(hour), choice.indexOf(inside % 60)],
    };
  };
  const minutesAt = ([h = 0, m = 0]: readonly number[]): number => {
    const hour = hours[h] ?? 0;
    const choice = minutesIn(hour);
    return hour * 60 + (choice[clamp(m, choice.length)] ?? 0);
  };
  return {
    empty: '',
    tellsOfColumns: false,
    wheels: (value) => at(minutesOf(textOf(value), from)),
    turned: (chosen) => at(minutesAt(chosen)),
    result: (chosen) => {
      const minutes = minutesAt(chosen);
      return { value: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
    },
    formValue: same,
  };
}

function minutesOf(text: string, fallback: number): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{1,2})$/.exec(text) ?? [];
  return hours === undefined ? fallback : Number(hours) * 60 + Number(minutes);
}

const PARTS: Record<string, number> = { year: 1, month: 2, day: 3 };
const YEARS_AROUND = 100;

function date({ start, end, fields }: PickerSettings, now: () => Date): PickerMode {
  const parts = PARTS[fields] ?? 3;
  const today = now();
  const year = today.getFullYear();
  const first = dayOf(start, [year - YEARS_AROUND, 1, 1]);
  const last = dayOf(end, [year + YEARS_AROUND, 12, 31]);
  const monthsIn = (y: number): number[] =>
    span(y === first[0] ? first[1] : 1, y === last[0] ? last[1] : 12);
  const daysIn = (y: number, m: number): number[] => {
    const isFirst = y === first[0] && m === first[1];
    const isLast = y === last[0] && m === last[1];
    return span(isFirst ? first[2] : 1, isLast ? last[2] : new Date(y, m, 0).getDate());
  };
  const years = span(first[0], last[0]);
  const near = (choice: readonly number[], wanted: number): number => {
    const [least = 0] = choice;
    const most = choice.at(-1) ?? least;
    return Math.min(Math.max(wanted, least), most);
  };
  const at = ([y, m, d]: Day): Wheels => {
    const [months, days] = [monthsIn(y), daysIn(y, m)];
    return {
      columns: [years.map(String), months.map(two), days.map(two)].slice(0, parts),
      chosen: [years.indexOf(y), months.indexOf(m), days.indexOf(d)].slice(0, parts),
    };
  };
  const inside = ([y, m, d]: Day): Day => {
    const nearYear = near(years, y);
    const month = near(monthsIn(nearYear), m);
    return [nearYear, month, near(daysIn(nearYear, month), d)];
  };
  // A wheel that was not turned keeps its number, as far as the month has it: 31 to 28.
  const dayAt = ([y = 0, m = 0, d = 0]: readonly number[]): Day => {
    const chosenYear = years[y] ?? year;
    const months = monthsIn(chosenYear);
    const month = months[clamp(m, months.length)] ?? 1;
    const days = daysIn(chosenYear, month);
    return [chosenYear, month, days[clamp(d, days.length)] ?? 1];
  };
  return {
    empty: '',
    tellsOfColumns: false,
    wheels: (value) =>
      at(inside(dayOf(textOf(value), [year, today.getMonth() + 1, today.getDate()]))),
    turned: (chosen) => at(inside(dayAt(chosen))),
    result: (chosen) => {
      const [y, m, d] = dayAt(chosen);
      return { value: [String(y), two(m), two(d)].slice(0, parts).join('-') };
    },
    formValue: same,
  };
}

type Day = readonly [year: number, month: number, day: number];

function dayOf(text: string, fallback: Day): Day {
  const [, y, m = '1', d = '1'] = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text) ?? [];
  return y === undefined ? fallback : [Number(y), Number(m), Number(d)];
}

function span(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

const LEVELS: Record<string, number> = { province: 1, city: 2 };

function region({ level, customItem }: PickerSettings): PickerMode {
  const depth = LEVELS[level] ?? 3;
  const any: Region[] = customItem === '' ? [] : [{ name: customItem, code: '', inside: [] }];
  /** What each wheel offers along the way that was chosen. */
  const wayOf = (pick: (choice: readonly Region[], column: number) => number): Region[][] => {
    const offered: Region[][] = [];
    let choice: Region[] = [...any, ...REGIONS];
    for (let column = 0; column < depth; column += 1) {
      offered.push(choice);
      choice = [...any, ...(choice[pick(choice, column)]?.inside ?? [])];
    }
    return offered;
  };
  const wheels = (pick: (choice: readonly Region[], column: number) => number): Wheels => {
    const offered = wayOf(pick);
    return {
      columns: offered.map((column) => column.map(({ name }) => name)),
      chosen: offered.map(pick),
    };
  };
  const byName =
    (value: unknown) =>
    (choice: readonly Region[], column: number): number => {
      const wanted: unknown = Array.isArray(value) ? value[column] : undefined;
      return Math.max(
        0,
        choice.findIndex(({ name }) => name === wanted),
      );
    };
  const byIndex =
    (chosen: readonly number[]) =>
    (choice: readonly Region[], column: number): number =>
      clamp(chosen[column] ?? 0, choice.length);
  return {
    empty: [],
    tellsOfColumns: false,
    wheels: (value) => wheels(byName(value)),
    turned: (chosen) => wheels(byIndex(chosen)),
    result: (chosen) => {
      const pick = byIndex(chosen);
      const places = wayOf(pick).flatMap((choice, column) => choice[pick(choice, column)] ?? []);
      const code = places.map((place) => place.code);
      return { value: places.map(({ name }) => name), detail: { code, postcode: '' } };
    },
    formValue: same,
  };
}
