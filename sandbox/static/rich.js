// A message's text with its entities, as nodes. Offsets count UTF-16 units, as in JavaScript strings.

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };

/** `say` sends a command that is tapped. */
export function rich(text, entities, say) {
  const whole = document.createDocumentFragment();
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of entities) cuts.add(offset).add(offset + length);
  const places = [...cuts].sort((one, other) => one - other);
  let open = null; // the element of a block that continues over several pieces
  for (const [index, start] of places.slice(0, -1).entries()) {
    let piece = text.slice(start, places[index + 1]);
    const over = entities.filter(({ offset, length }) => offset <= start && start < offset + length);
    const block = over.find(({ type }) => ["pre", "blockquote", "expandable_blockquote"].includes(type));
    if (block && open?.entity !== block) {
      open = { entity: block, node: document.createElement(TAGS[block.type]) };
      whole.append(open.node);
    }
    if (!block && open) {
      piece = piece.replace(/^\n/, ""); // a block ends its line by itself
      open = null;
    }
    (open?.node ?? whole).append(over.filter((entity) => entity !== block).reduce((node, entity) => wrapped(node, entity, piece, say), document.createTextNode(piece)));
  }
  return whole;
}

function wrapped(node, entity, piece, say) {
  let outer;
  if (entity.type === "bot_command") {
    outer = Object.assign(document.createElement("a"), { href: "#", onclick: (event) => (event.preventDefault(), say(piece)) });
  } else if (entity.type === "text_link" || entity.type === "url") {
    outer = Object.assign(document.createElement("a"), { href: entity.url ?? piece, target: "_blank", rel: "noreferrer" });
    if (!/^https?:/.test(outer.href)) outer.removeAttribute("href");
  } else if (TAGS[entity.type]) {
    outer = document.createElement(TAGS[entity.type]);
  } else {
    return node;
  }
  outer.append(node);
  return outer;
}
