const foreground = {
  default: { default: '#242424', subtle: '#57575c' },
  accent: { default: '#444791', subtle: '#444791' },
  good: { default: '#0a6b2d', subtle: '#0a6b2d' },
  warning: { default: '#7a4d00', subtle: '#7a4d00' },
  attention: { default: '#a8201a', subtle: '#a8201a' },
  dark: { default: '#242424', subtle: '#57575c' },
  light: { default: '#ffffff', subtle: '#f0f0f0' },
}

const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors: foreground })

/**
 * Close to the light theme of Teams, with colours dark enough for their background.
 * Source: https://learn.microsoft.com/adaptive-cards/rendering-cards/host-config
 */
export const HOST_CONFIG = {
  supportsInteractivity: true,
  fontFamily: 'inherit',
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: style('#ffffff'),
    emphasis: style('#f5f5f5'),
    accent: style('#eef0fb'),
    good: style('#eaf5ec'),
    warning: style('#fdf4e3'),
    attention: style('#fdeeed'),
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', weight: 'bolder' },
  },
  actions: {
    maxActions: 25,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 12 },
  },
  factSet: {
    title: { weight: 'bolder', maxWidth: 150, wrap: true },
    value: { wrap: true },
    spacing: 12,
  },
  textBlock: { headingLevel: 4 },
  textStyles: { heading: { weight: 'bolder', size: 'medium' } },
  adaptiveCard: { allowCustomStyle: false },
}
