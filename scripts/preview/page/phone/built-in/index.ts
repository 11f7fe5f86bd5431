import { dashed } from '../../../bundle/dashed';
import { button, type OpenTypes } from './button';
import type { BuiltIn } from './built-in';
import { checkbox, checkboxGroup, radio, radioGroup, toggle } from './choices';
import { form } from './form';
import { icon } from './icon';
import { image, type ImageSource } from './image';
import { label } from './label';
import { movableView } from './movable-view';
import { navigator, type Navigate } from './navigator';
import { openData } from './open-data';
import { pageContainer } from './page-container';
import { passThrough, PASSING } from './pass-through';
import { picker, type TurnWheels } from './picker';
import { pickerView, pickerViewColumn } from './picker-view';
import { DRAWN_AS_BOXES, placeholder } from './placeholder';
import { progress } from './progress';
import { richText } from './rich-text';
import { scrollView } from './scroll-view';
import { slider } from './slider';
import { swiper, swiperItem } from './swiper';
import { input, textarea } from './text-field';
import { text, view } from './view';

export interface BuiltInContext {
  navigate: Navigate;
  openTypes: OpenTypes;
  imageSource: ImageSource;
  turnWheels: TurnWheels;
  /** On this phone. */
  now: () => Date;
  unknownPerson: string;
  notDrawn: (tag: string) => string;
}

/** Every element of WeChat's that this preview has. Any other tag is an error on the page. */
export function builtIns(context: BuiltInContext): Record<string, BuiltIn> {
  const { navigate, openTypes, imageSource, turnWheels } = context;
  const { now, unknownPerson, notDrawn } = context;
  const boxes = DRAWN_AS_BOXES.map((tag): [string, BuiltIn] => [tag, placeholder(tag, notDrawn)]);
  const passing = PASSING.map((tag): [string, BuiltIn] => [tag, passThrough]);
  return {
    ...Object.fromEntries(boxes),
    ...Object.fromEntries(passing),
    view,
    text,
    button: button(openTypes),
    form,
    input,
    textarea,
    label,
    checkbox,
    'checkbox-group': checkboxGroup,
    radio,
    'radio-group': radioGroup,
    switch: toggle,
    image: image(imageSource),
    icon,
    'scroll-view': scrollView,
    navigator: navigator(navigate),
    'cover-view': view,
    'cover-image': image(imageSource),
    swiper,
    'swiper-item': swiperItem,
    picker: picker(turnWheels, now),
    'picker-view': pickerView,
    'picker-view-column': pickerViewColumn,
    progress,
    slider,
    'rich-text': richText,
    'open-data': openData(unknownPerson),
    'page-container': pageContainer,
    'movable-area': view,
    'movable-view': movableView,
  };
}

/** What `wx.canIUse` says of the elements: a box with a name on it is not the element. */
export function knownElements(
  all: Readonly<Record<string, BuiltIn>>,
  openTypes: OpenTypes,
): {
  attributes: ReadonlyMap<string, ReadonlySet<string>>;
  openTypes: ReadonlySet<string>;
} {
  const boxes: readonly string[] = DRAWN_AS_BOXES;
  const drawn = Object.entries(all).filter(([tag]) => !boxes.includes(tag));
  return {
    attributes: new Map(
      drawn.map(([tag, { properties = {} }]) => [
        tag,
        new Set(Object.keys(properties).map((name) => dashed(name))),
      ]),
    ),
    openTypes: new Set(Object.keys(openTypes)),
  };
}
