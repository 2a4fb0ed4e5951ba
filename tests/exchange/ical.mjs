// Reads a JSON array of card texts and says what ical.js, Thunderbird's parser, makes of each:
// null if it cannot read it, else its properties as [name, parameters, value, value, …].
import { readFileSync } from "node:fs";

const { default: ICAL } = await import(process.argv[2]);

function properties(text) {
  try {
    const [, found] = new ICAL.Component(ICAL.parse(text)).toJSON();
    return found.map(([name, parameters, , ...values]) => [name, parameters, ...values]);
  } catch {
    return null;
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(properties)));
