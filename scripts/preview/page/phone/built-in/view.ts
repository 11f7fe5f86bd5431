import type { BuiltIn } from './built-in';

export const view: BuiltIn = {
  properties: {
    hoverClass: { type: String, value: 'none' },
    hoverStartTime: { type: Number, value: 50 },
    hoverStayTime: { type: Number, value: 400 },
    hoverStopPropagation: Boolean,
  },
};

export const text: BuiltIn = {
  properties: { userSelect: Boolean, selectable: Boolean, space: String, decode: Boolean },
};
