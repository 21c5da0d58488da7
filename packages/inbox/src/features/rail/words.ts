export const words = {
  views: "Views",
  mine: "Mine",
  unassigned: "Unassigned",
  all: "All open",
  closed: "Closed",
  teams: "Teams",
  property: "Property",
  deliveries: "Deliveries",
  search: "Search",
  properties: "Properties",
  count: (total: number) => `${total} ${total === 1 ? "conversation" : "conversations"}`,
  late: (waiting: number) => `${waiting} waiting, the longest too long`,
};
