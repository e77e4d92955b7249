(() => {
  'use strict';
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, text = '', name = '') => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  };
  const keep = {
    get(key) { try { return localStorage.getItem('concausa.' + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem('concausa.' + key, value); } catch { /* not allowed: forget */ } },
  };
  const editions = all('.edition');
  const edition = () => editions.find((one) => !one.hidden) || editions[0];
  const say = (word) => edition().dataset[word] || '';
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  root.classList.add('js');

  /* language */
  const speak = (code) => {
    const chosen = editions.find((one) => one.id === code);
    if (!chosen) return;
    for (const one of editions) one.hidden = one !== chosen;
    root.lang = code;
    document.title = chosen.dataset.title;
  };
  const named = (hash) => { try { return document.getElementById(decodeURIComponent(hash.slice(1))); } catch { return null; } };

  /* going to a place; the head of a long table covers the rows that scroll under it */
  const heads = (within) => within.closest('table')?.tHead?.offsetHeight || 0;
  const covered = new ResizeObserver((entries) => { for (const { target } of entries) if (target.offsetHeight) target.closest('.box').style.setProperty('--head', target.offsetHeight + 'px'); });
  for (const head of all('.box.long thead')) covered.observe(head);
  const origins = [];
  const reveal = (element) => {
    const home = element.closest('.edition');
    if (home && home.hidden) speak(home.id);
    for (let fold = element.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    if (element.hidden) { const field = element.closest('.sheet')?.querySelector('.tools input'); if (field) { field.value = ''; field.dispatchEvent(new Event('input')); } }
    element.closest('.box.long')?.style.setProperty('--head', heads(element) + 'px');
    element.scrollIntoView({ block: element.matches('tr') ? 'center' : 'start' });
    const row = element.matches('tr') ? element : null;
    if (row) row.closest('.box')?.scrollTo({ left: 0 });
    (row ? row.cells[0] : element).setAttribute('tabindex', '-1');
    (row ? row.cells[0] : element).focus({ preventScroll: true });
  };
  const arrive = () => { const element = location.hash.length > 1 && named(location.hash); if (element) element.matches('.edition') ? speak(element.id) : reveal(element); };
  const back = make('button', '', 'back');
  back.type = 'button';
  back.hidden = true;
  document.body.append(back);
  const go = (name, from) => {
    if (from) { origins.push([from, location.hash, scrollY]); back.textContent = '\u2190 ' + say('back'); back.hidden = false; }
    hide(false);
    if (location.hash === '#' + name) arrive(); else location.hash = name;
  };
  back.addEventListener('click', () => {
    const [from, hash, height] = origins.pop() || [];
    back.hidden = origins.length === 0;
    if (!from) return;
    history.replaceState(null, '', hash || location.pathname + location.search);
    const home = from.closest('.edition');
    if (home) speak(home.id);
    scrollTo({ top: height, behavior: 'instant' });
    from.scrollIntoView({ block: 'nearest' });
    from.focus({ preventScroll: true });
  });
  addEventListener('hashchange', arrive);

  /* what stands behind a link */
  const peek = make('div', '', 'peek');
  peek.hidden = true;
  peek.setAttribute('role', 'dialog');
  document.body.append(peek);
  let opener = null, pinned = false, timer = 0;
  const trail = [];
  const names = (link) => (link.dataset.refs ? link.dataset.refs.split(' ') : [decodeURIComponent(link.getAttribute('href').slice(1))]);
  const clone = (cell, into) => { for (const node of cell.childNodes) into.append(node.cloneNode(true)); return into; };
  /* A row of a table may go on in a second line. */
  const lines = (body) => [...body.rows].filter((row) => !row.matches('.also'));
  const also = (row) => (row.nextElementSibling?.matches('.also') ? row.nextElementSibling : null);
  const both = (row) => [row, also(row)].filter(Boolean);
  const filled = (row) => {
    const heads = all('thead th', row.closest('table')).map((head) => head.textContent);
    const side = [...row.cells].map((cell, number) => ({ cell, head: heads[number] })).slice(1);
    const below = (also(row) ? all('dd', also(row)) : []).map((cell) => ({ cell, head: cell.previousElementSibling.textContent }));
    return [...side, ...below].map((one) => ({ ...one, text: one.cell.textContent.trim() })).filter(({ cell, text }) => text && !cell.matches('.none'));
  };
  /* The cell that says most: the longest one in words of its own. */
  const telling = (cells) => cells.filter(({ cell }) => !cell.querySelector('a.id'))
    .reduce((best, one) => (one.text.length > (best ? best.text.length : 39) ? one : best), null);
  const isClaim = (name) => /^[a-z]+-claims\./.test(name);
  const isPassage = (name) => /^[a-z]+-evidence\./.test(name);
  const passages = (row) => [...new Set(both(row).flatMap((one) => all('a.ref', one)).flatMap(names))].filter((name) => isPassage(name) && document.getElementById(name)?.matches('tr'));
  const card = (name) => {
    const target = document.getElementById(name);
    if (!target) return null;
    const article = make('article');
    const heading = make('h4');
    const jump = make('a');
    jump.href = '#' + name;
    jump.className = 'jump';
    heading.append(jump);
    article.append(heading);
    if (!target.matches('tr')) { jump.textContent = target.querySelector('h2, h3')?.firstChild.textContent || name; return article; }
    jump.textContent = target.cells[0].textContent + ' \u2192';
    heading.append(make('small', target.closest('table').caption.textContent));
    const cells = filled(target);
    /* A claim has a page of its own: what it says and what it is worth come first. */
    const worth = isClaim(name) && cells.find(({ cell }) => cell.querySelector('a.page'));
    const main = isClaim(name) ? cells[0] : telling(cells);
    if (main) article.append(clone(main.cell, make('p')));
    if (worth) {
      const page = worth.cell.querySelector('a.page');
      const open = make('a', say('page') + ' \u2192', 'page');
      open.href = page.getAttribute('href');
      const told = make('p', '', 'worth');
      told.append(clone(page, make('span', '', worth.cell.className)), ' ', open);
      article.append(told);
    }
    const list = make('dl');
    for (const one of cells) if (one !== main && one !== worth) list.append(make('dt', one.head), clone(one.cell, make('dd')));
    article.append(list);
    const under = isPassage(name) ? [] : passages(target);
    if (under.length) {
      const below = make('ul');
      for (const one of under.slice(0, 8)) {
        const row = document.getElementById(one);
        const item = make('li');
        const link = make('a', row.cells[0].textContent, 'ref id');
        link.setAttribute('href', '#' + one);
        item.append(link, ' ', make('span', telling(filled(row))?.text || ''));
        const source = filled(row).map(({ cell }) => cell).find((cell) => cell.querySelector('a.ref[href*="-sources."]'));
        if (source) { const from = make('small', ' ('); clone(source, from).append(')'); item.append(from); }
        below.append(item);
      }
      article.append(below);
    }
    return article;
  };
  const fill = (list) => {
    const header = make('header');
    if (trail.length > 1) {
      const earlier = make('button', '\u2190');
      earlier.type = 'button';
      earlier.setAttribute('aria-label', say('back'));
      earlier.addEventListener('click', () => { trail.pop(); fill(trail[trail.length - 1]); peek.querySelector('button').focus(); });
      header.append(earlier);
    }
    const title = say(list.every(isClaim) ? 'claim' : 'rests');
    header.append(make('span', title));
    const close = make('button', '\u00d7');
    close.type = 'button';
    close.setAttribute('aria-label', say('close'));
    close.addEventListener('click', () => hide(true));
    header.append(close);
    const cards = list.slice(0, 25).map(card).filter(Boolean);
    peek.replaceChildren(header, ...cards);
    if (list.length > 25) { const rest = make('article'); rest.append(make('p', '+ ' + (list.length - 25))); peek.append(rest); }
    peek.setAttribute('aria-label', title);
    peek.scrollTop = 0;
    if (!peek.hidden) stand();
    return cards.length > 0;
  };
  /* Below the link if there is room, else above it, else as near as the window allows. */
  const stand = () => {
    const spot = opener.getBoundingClientRect();
    const width = peek.offsetWidth, height = peek.offsetHeight;
    const highest = edition().querySelector('.bar').getBoundingClientRect().bottom + 8, lowest = innerHeight - height - 8;
    const left = Math.max(12, Math.min(spot.left, root.clientWidth - width - 12));
    const above = spot.top - height - 8;
    const top = spot.bottom + 8 <= lowest ? spot.bottom + 8 : above >= highest ? Math.min(above, lowest) : lowest;
    peek.style.left = left + scrollX + 'px';
    peek.style.top = Math.max(highest, top) + scrollY + 'px';
  };
  const show = (link, pin) => {
    trail.length = 0;
    trail.push(names(link));
    if (!fill(trail[0])) return false;
    opener = link;
    pinned = pin;
    peek.lang = root.lang;
    peek.hidden = false;
    stand();
    if (pin) peek.querySelector('.jump, button').focus({ preventScroll: true });
    return true;
  };
  const hide = (refocus) => {
    clearTimeout(timer);
    if (peek.hidden) return;
    peek.hidden = true;
    pinned = false;
    if (refocus && opener) opener.focus({ preventScroll: true });
  };
  const inner = (event) => {
    const link = event.target.closest?.('a');
    return link && (link.getAttribute('href') || '').startsWith('#') && link.matches('a.ref, .art a') ? link : null;
  };
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const jump = event.target.closest?.('a.jump');
    if (jump) { event.preventDefault(); go(decodeURIComponent(jump.getAttribute('href').slice(1)), opener); return; }
    const link = inner(event);
    if (link) {
      event.preventDefault();
      clearTimeout(timer);
      if (peek.contains(link)) { trail.push(names(link)); if (fill(trail[trail.length - 1])) peek.querySelector('.jump, button').focus(); else { trail.pop(); fill(trail[trail.length - 1]); } }
      else if (!show(link, true)) go(names(link)[0], link);
      return;
    }
    if (!peek.contains(event.target)) hide(false);
    const language = event.target.closest?.('a[data-language]');
    if (language) { event.preventDefault(); swap(language.dataset.language); }
  });
  if (matchMedia('(hover: hover)').matches) {
    document.addEventListener('mouseover', (event) => {
      const link = inner(event);
      clearTimeout(timer);
      if (link && !pinned && !peek.contains(link) && results().hidden) timer = setTimeout(() => show(link, false), 350);
      else if (!link && !pinned && !peek.hidden && !peek.contains(event.target)) timer = setTimeout(() => hide(false), 250);
    });
  }
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { if (!results().hidden) shut(true); else hide(true); }
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.target.closest('input, textarea, [contenteditable]')) { event.preventDefault(); field().focus(); field().select(); }
  });

  /* the same place in the other language */
  const inView = (element) => { const spot = element.getBoundingClientRect(); return spot.height > 0 && spot.bottom > 0 && spot.top < innerHeight; };
  const swap = (code) => {
    const here = edition();
    const aim = location.hash.length > 1 && named(location.hash);
    if (aim && aim.matches('tr') && here.contains(aim) && inView(aim)) {
      const twin = document.getElementById(code + aim.id.slice(here.id.length));
      if (twin) {
        keep.set('language', code);
        hide(false);
        shut(false);
        speak(code);
        location.replace('#' + encodeURIComponent(twin.id));
        return;
      }
    }
    const edge = 120;
    const spots = all('.exhibit, .part', here).filter((one) => one.getBoundingClientRect().top <= edge);
    const spot = spots[spots.length - 1];
    const offset = spot ? spot.getBoundingClientRect().top : 0;
    hide(false);
    shut(false);
    keep.set('language', code);
    speak(code);
    const twin = spot && document.getElementById(code + spot.id.slice(here.id.length));
    /* Twice: the browser may still be anchoring to what was hidden. */
    const settle = () => { if (twin) scrollBy({ top: twin.getBoundingClientRect().top - offset, behavior: 'instant' }); };
    settle();
    requestAnimationFrame(() => { settle(); requestAnimationFrame(settle); });
    history.replaceState(null, '', '#' + (twin ? twin.id : code));
    edition().querySelector('.pick [aria-current]').focus({ preventScroll: true });
  };

  /* search */
  const field = () => edition().querySelector('.seek input');
  const results = () => edition().querySelector('.hits');
  const indexes = new Map();
  let wait = 0;
  const index = () => {
    const here = edition();
    if (!indexes.has(here)) {
      indexes.set(here, all('main h1, main h2, main h3, main p, main li, figcaption, tbody tr:not(.also), caption', here)
        .filter((one) => !one.closest('.tiles'))
        .map((one) => ({ one, text: one.matches('tr') ? both(one).flatMap((row) => all('th, td:not([colspan]), dt, dd', row)).map((cell) => cell.textContent).join('  ') : one.textContent }))
        .map((entry) => ({ ...entry, plain: plain(entry.text) })));
    }
    return indexes.get(here);
  };
  /* Where each letter of the plain text stood in the text itself. */
  const origin = (text) => {
    const places = [];
    let at = 0;
    for (const letter of text) { for (const _ of plain(letter)) places.push(at); at += letter.length; }
    places.push(at);
    return places;
  };
  const spans = (text, words) => {
    const low = plain(text), places = origin(text), found = [];
    for (const word of words) for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + word.length)) found.push([places[at], places[at + word.length]]);
    return found.sort((a, b) => a[0] - b[0]);
  };
  const snippet = (text, words) => {
    const found = spans(text, words);
    /* Begin where most of the different words stand within one snippet. */
    const kinds = (from) => new Set(found.filter(([a, b]) => a >= from && b <= from + 120).map(([a, b]) => plain(text.slice(a, b)))).size;
    const best = found.reduce((top, [from]) => (kinds(from) > kinds(top) ? from : top), found[0] ? found[0][0] : 0);
    const start = Math.max(0, best - 50);
    const end = Math.min(text.length, start + 170);
    const piece = make('span', start ? '\u2026' : '');
    let at = start;
    for (const [from, to] of found) {
      if (from < at || to > end) continue;
      piece.append(text.slice(at, from), make('mark', text.slice(from, to)));
      at = to;
    }
    piece.append(text.slice(at, end) + (end < text.length ? '\u2026' : ''));
    return piece;
  };
  const light = (words) => {
    if (!globalThis.Highlight || !CSS.highlights) return;
    CSS.highlights.delete('found');
    if (!words.length) return;
    const ranges = [];
    const walker = document.createTreeWalker(edition().querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node && ranges.length < 4000; node = walker.nextNode()) {
      if (!words.some((word) => plain(node.data).includes(word))) continue;
      for (const [from, to] of spans(node.data, words)) { const range = new Range(); range.setStart(node, from); range.setEnd(node, to); ranges.push(range); }
    }
    CSS.highlights.set('found', new Highlight(...ranges));
  };
  const shut = (clear) => {
    clearTimeout(wait);
    results().hidden = true;
    if (clear) { field().value = ''; light([]); }
  };
  const search = () => {
    hide(false);
    const words = plain(field().value).split(/\s+/).filter(Boolean);
    const panel = results();
    light(words.join('').length > 1 ? words : []);
    if (words.join('').length < 2) { panel.hidden = true; return; }
    const hits = index().filter((entry) => words.every((word) => entry.plain.includes(word)));
    hits.sort((a, b) => b.one.matches('h1, h2, h3') - a.one.matches('h1, h2, h3'));
    const count = make('p', hits.length ? say('hits').replace('{n}', hits.length) : say('nothing'));
    count.setAttribute('role', 'status');
    const list = make('ol');
    for (const { one, text } of hits.slice(0, 60)) {
      const link = make('a');
      link.href = '#' + (one.id || one.closest('[id]').id);
      const place = one.closest('.exhibit, .part')?.querySelector('h2, h3');
      link.append(make('small', (place ? place.firstChild.textContent : '') + (one.matches('tr') && one.cells[0] ? ' \u00b7 ' + one.cells[0].textContent : '')), snippet(text, words));
      link.addEventListener('click', (event) => {
        event.preventDefault();
        shut(false);
        if (one.id) { if (location.hash === '#' + one.id) arrive(); else location.hash = one.id; } else reveal(one);
        all('tr.lit').forEach((row) => row.classList.remove('lit'));
        if (one.matches('tr')) {
          one.classList.add('lit');
          const fold = also(one)?.querySelector('details');
          if (fold && !words.every((word) => plain(one.textContent).includes(word))) fold.open = true;
        }
      });
      const item = make('li');
      item.append(link);
      list.append(item);
    }
    panel.replaceChildren(count, list);
    panel.hidden = false;
  };
  for (const one of editions) {
    const seek = one.querySelector('.seek');
    const input = seek.querySelector('input');
    input.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(search, 120); });
    input.addEventListener('focus', () => { if (input.value) search(); });
    seek.addEventListener('keydown', (event) => {
      const links = all('.hits a', seek);
      const at = links.indexOf(document.activeElement);
      if (event.key === 'ArrowDown' && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
      if (event.key === 'ArrowUp' && at >= 0) { event.preventDefault(); (at ? links[at - 1] : input).focus(); }
      if (event.key === 'Enter' && event.target === input) { clearTimeout(wait); search(); all('.hits a', seek)[0]?.click(); }
    });
    document.addEventListener('click', (event) => { if (!seek.contains(event.target)) { one.querySelector('.hits').hidden = true; } });
  }

  /* tables: sort and filter */
  const compare = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' }).compare;
  const key = (cell) => (cell.matches('.none') ? null : cell.dataset.v !== undefined ? Number(cell.dataset.v) : cell.textContent.trim());
  const sorted = (table, column, down) => {
    const body = table.tBodies[0];
    const rows = lines(body).map((row) => [key(row.cells[column]), both(row)]);
    rows.sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      const order = typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b));
      return down ? -order : order;
    });
    body.append(...rows.flatMap(([, pair]) => pair));
  };
  for (const sheet of all('.sheet')) {
    const table = sheet.querySelector('table');
    const body = table.tBodies[0];
    const words = sheet.closest('.edition').dataset;
    const rows = lines(body);
    if (rows.length >= 6) {
      all('thead th', table).forEach((head, column) => {
        const button = make('button', head.textContent);
        button.type = 'button';
        button.title = words.sort;
        head.replaceChildren(button);
        button.addEventListener('click', () => {
          const down = head.getAttribute('aria-sort') === 'ascending';
          all('thead th', table).forEach((other) => other.removeAttribute('aria-sort'));
          head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
          sorted(table, column, down);
        });
      });
    }
    if (rows.length >= 12) {
      const tools = make('div', '', 'tools');
      const input = make('input');
      input.type = 'search';
      input.placeholder = words.filter;
      input.setAttribute('aria-label', words.filter + ': ' + table.caption.textContent);
      const count = make('span');
      count.setAttribute('role', 'status');
      input.addEventListener('input', () => {
        const wanted = plain(input.value).split(/\s+/).filter(Boolean);
        let shown = 0;
        for (const row of rows) {
          const text = wanted.length ? plain(both(row).map((line) => line.textContent).join(' ')) : '';
          const out = !wanted.every((word) => text.includes(word));
          for (const line of both(row)) line.hidden = out;
          shown += !out;
        }
        count.textContent = wanted.length ? words.shown.replace('{n}', shown).replace('{all}', rows.length) : '';
      });
      tools.append(input, count);
      sheet.prepend(tools);
    }
  }

  /* a table or figure that goes on to the right fades there */
  const edges = (box) => box.classList.toggle('more', box.scrollLeft + box.clientWidth < box.scrollWidth - 4);
  const grown = new ResizeObserver((entries) => entries.forEach((entry) => edges(entry.target)));
  for (const box of all('.box, .art')) { grown.observe(box); box.addEventListener('scroll', () => edges(box), { passive: true }); }

  /* light and dark */
  const themes = ['auto', 'light', 'dark'];
  const tint = (theme) => {
    if (theme === 'auto') delete root.dataset.theme; else root.dataset.theme = theme;
    for (const button of all('.tint')) { const words = button.closest('.edition').dataset; button.title = words[theme]; button.setAttribute('aria-label', words[theme]); }
  };
  let theme = themes.includes(keep.get('theme')) ? keep.get('theme') : 'auto';
  tint(theme);
  for (const button of all('.tint')) button.addEventListener('click', () => { theme = themes[(themes.indexOf(theme) + 1) % 3]; tint(theme); keep.set('theme', theme); });

  /* contents */
  const small = matchMedia('(max-width: 62rem)');
  const fold = () => all('.toc > details').forEach((toc) => { toc.open = !small.matches; });
  fold();
  small.addEventListener('change', fold);
  for (const link of all('.toc a')) link.addEventListener('click', () => { if (small.matches) link.closest('details').open = false; });
  const seen = new Map(all('.toc a').map((link) => [decodeURIComponent(link.getAttribute('href').slice(1)), link]));
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      const link = seen.get(entry.target.id);
      if (!link) continue;
      all('.toc [aria-current]').forEach((other) => other.removeAttribute('aria-current'));
      link.setAttribute('aria-current', 'true');
      if (!small.matches) { const toc = link.closest('.toc'); const top = link.offsetTop - toc.offsetTop; if (top < toc.scrollTop || top > toc.scrollTop + toc.clientHeight - 60) toc.scrollTop = top - toc.clientHeight / 3; }
    }
  }, { rootMargin: '-15% 0px -75% 0px' });
  all('.exhibit').forEach((one) => watch.observe(one));

  /* print shows all */
  addEventListener('beforeprint', () => {
    hide(false);
    for (const one of all('details', edition())) { one.dataset.was = one.open ? '1' : ''; one.open = true; }
    for (const input of all('.tools input', edition())) if (input.value) { input.value = ''; input.dispatchEvent(new Event('input')); }
  });
  addEventListener('afterprint', () => { for (const one of all('details', edition())) one.open = one.dataset.was === '1'; });

  const wanted = location.hash.length > 1 && named(location.hash)?.closest('.edition')?.id;
  const asked = [keep.get('language'), ...(navigator.languages || []).map((tag) => tag.split('-')[0].toLowerCase())];
  speak(wanted || asked.find((code) => editions.some((one) => one.id === code)) || edition().id);
  arrive();
})();
