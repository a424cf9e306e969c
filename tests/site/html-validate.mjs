/** What people meet who do not see a page or do not use a mouse; the rest of HTML is the Nu checker's. */
export default {
  root: true,
  extends: ["html-validate:a11y"],
  rules: {
    // The places to choose from while typing: `<select>` has no field to type in.
    "prefer-native-element": ["error", { exclude: ["listbox"] }],
  },
}
