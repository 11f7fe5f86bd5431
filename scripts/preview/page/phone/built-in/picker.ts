import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';
import { registerField } from './fields';
import { modeOf, type PickerMode } from './picker-modes';

/** Wheels beside each other, and which item of each is chosen. */
export interface Wheels {
  columns: readonly (readonly string[])[];
  chosen: readonly number[];
}

export interface WheelRequest extends Wheels {
  title: string;
  /** One wheel was turned. @returns the wheels as they are then, where that changes others */
  turned: (column: number, chosen: readonly number[]) => Wheels | undefined;
}

/** Opens wheels over the page. @returns what was chosen; `undefined` when the person gave up */
export type TurnWheels = (request: WheelRequest) => Promise<readonly number[] | undefined>;

/** https://developers.weixin.qq.com/miniprogram/dev/component/picker.html */
export const picker = (turnWheels: TurnWheels, now: () => Date): BuiltIn => ({
  properties: {
    headerText: String,
    mode: { type: String, value: 'selector' },
    disabled: Boolean,
    name: String,
    range: { type: null, value: [] },
    rangeKey: String,
    value: { type: null, value: null },
    start: String,
    end: String,
    fields: { type: String, value: 'day' },
    level: { type: String, value: 'sub-district' },
    customItem: String,
  },
  create: (element) => {
    const { host } = element;
    host.setAttribute('role', 'button');
    host.setAttribute('aria-haspopup', 'listbox');
    host.tabIndex = 0;
    registerField(element, {
      value: () => modeFor(element, now).formValue(element.value('value')),
      reset: () => {
        element.set({ value: modeFor(element, now).empty });
      },
    });
  },
  update: (element) => {
    element.host.tabIndex = element.flag('disabled') ? -1 : 0;
  },
  tap: (element) => {
    if (element.flag('disabled')) return;
    element.errors.watch('<picker>', open(element, turnWheels, modeFor(element, now)));
  },
});

async function open(
  element: BuiltInElement,
  turnWheels: TurnWheels,
  mode: PickerMode,
): Promise<void> {
  const { columns, chosen } = mode.wheels(element.value('value'));
  const answer = await turnWheels({
    title: element.text('headerText'),
    columns,
    chosen,
    turned: (column, now) => {
      if (!mode.tellsOfColumns) return mode.turned(now);
      element.emit('columnchange', { column, value: now[column] });
      // The page has changed its columns by now, if it does.
      return mode.turned(now);
    },
  });
  if (answer === undefined) {
    element.emit('cancel');
    return;
  }
  const { value, detail } = mode.result(answer);
  element.set({ value });
  element.emit('change', { value, ...detail });
}

function modeFor(element: BuiltInElement, now: () => Date): PickerMode {
  return modeOf(
    {
      mode: element.text('mode'),
      range: () => element.value('range'),
      rangeKey: element.text('rangeKey'),
      start: element.text('start'),
      end: element.text('end'),
      fields: element.text('fields'),
      level: element.text('level'),
      customItem: element.text('customItem'),
    },
    now,
  );
}
