export const words = {
  title: "Guest's phone",
  undock: "Guest details",
  newTab: "Open in a new tab",
};
