/** ISO 3166-1 alpha-2: every country that a property can stand in. */
const countryCodes = [
  "AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS",
  "BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE",
  "EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN",
  "HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC",
  "LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ",
  "NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU",
  "RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN",
  "TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW",
];

const regionNames = new Intl.DisplayNames("en", { type: "region" });

/** Countries by name. */
export function countries(): { id: string; label: string; also: string }[] {
  return countryCodes
    .join(" ")
    .split(" ")
    .map((code) => ({ id: code, label: countryName(code), also: code }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

export function countryName(code: string): string {
  return regionNames.of(code) ?? code;
}

/** How a zone is called: "New York (America)" for `America/New_York`. */
export function zoneName(zone: string): string {
  const parts = zone.replaceAll("_", " ").split("/");
  const city = parts.at(-1) ?? zone;
  const where = parts.slice(0, -1).join(", ");
  return where === "" ? city : `${city} (${where})`;
}

/** Every zone that this browser knows, with the time that it is there; and the one in use. */
export function timeZones(
  inUse: string,
  nowMs: number,
): { id: string; label: string; also: string; end: string }[] {
  const known = Intl.supportedValuesOf("timeZone");
  const all = known.includes(inUse) ? known : [...known, inUse];
  return all
    .map((zone) => ({ id: zone, label: zoneName(zone), also: zone, end: timeIn(zone, nowMs) }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

/** "14:02", or nothing for a zone that this browser does not know. */
export function timeIn(zone: string, nowMs: number): string {
  try {
    const format = { timeZone: zone, hour: "2-digit", minute: "2-digit" } as const;
    return new Intl.DateTimeFormat("en-GB", { ...format, hourCycle: "h23" }).format(nowMs);
  } catch {
    return "";
  }
}
