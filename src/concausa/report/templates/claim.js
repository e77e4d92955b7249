(() => {
  const root = document.documentElement;
  let theme = null;
  try { theme = localStorage.getItem('concausa.theme'); } catch { /* not allowed: as the system */ }
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  addEventListener('DOMContentLoaded', () => {
    const edges = (box) => box.classList.toggle('more', box.scrollLeft + box.clientWidth < box.scrollWidth - 4);
    const grown = new ResizeObserver((entries) => entries.forEach((entry) => edges(entry.target)));
    for (const box of document.querySelectorAll('.box')) { grown.observe(box); box.addEventListener('scroll', () => edges(box), { passive: true }); }
  });
})();
