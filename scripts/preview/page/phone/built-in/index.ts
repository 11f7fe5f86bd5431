import { button, type OpenTypes } from './button';
import type { BuiltIn } from './built-in';
import { checkbox, checkboxGroup, radio, radioGroup, toggle } from './choices';
import { form } from './form';
import { icon } from './icon';
import { image, type ImageSource } from './image';
import { label } from './label';
import { navigator, type Navigate } from './navigator';
import { scrollView } from './scroll-view';
import { input, textarea } from './text-field';
import { text, view } from './view';

export interface BuiltInContext {
  navigate: Navigate;
  openTypes: OpenTypes;
  imageSource: ImageSource;
}

/** Every element of WeChat's that this preview has. Any other tag is an error on the page. */
export function builtIns({
  navigate,
  openTypes,
  imageSource,
}: BuiltInContext): Record<string, BuiltIn> {
  return {
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
  };
}
