"""A few sentences in each language that people of the project write; ours, for finding words."""

from __future__ import annotations

PROSE: dict[str, str] = {
    "en": "The guide explains every step clearly, but the form on page four is hard to fill in. "
    "Most mentors would use it again next year.",
    "bg": "Ръководството обяснява ясно всяка стъпка, но формулярът на четвърта страница се попълва "
    "трудно. Повечето ментори биха го използвали отново догодина.",
    "de": "Der Leitfaden erklärt jeden Schritt verständlich, doch das Formular auf Seite vier ist "
    "schwer auszufüllen. Die meisten Mentorinnen würden ihn nächstes Jahr wieder benützen.",
    "el": "Ο οδηγός εξηγεί καθαρά κάθε βήμα, αλλά το έντυπο στην τέταρτη σελίδα συμπληρώνεται "
    "δύσκολα. Οι περισσότεροι μέντορες θα τον χρησιμοποιούσαν ξανά του χρόνου.",
    "it": "La guida spiega con chiarezza ogni passo, però il modulo a pagina quattro è difficile "
    "da compilare. La maggior parte dei mentori la userebbe di nuovo, perché è più breve.",
    "es": "La guía explica con claridad cada paso, pero el formulario de la página cuatro es "
    "difícil de rellenar. La mayoría de los mentores la usaría otra vez el próximo año.",
    "sv": "Handledningen förklarar varje steg tydligt, men blanketten på sidan fyra är svår att "
    "fylla i. De flesta mentorer skulle använda den igen nästa år.",
    "tr": "Kılavuz her adımı açıkça anlatıyor, ancak dördüncü sayfadaki formu doldurmak güç. "
    "Mentorların çoğu gelecek yıl onu yeniden kullanmak istiyor.",
    "uk": "Посібник зрозуміло пояснює кожен крок, але анкету на четвертій сторінці важко "
    "заповнити. Більшість наставників користувалися б ним і наступного року, їхній досвід є.",
    "ar": "يشرح الدليل كل خطوة بوضوح، لكن ملء الاستمارة في الصفحة الرابعة صعب. "
    "معظم المرشدين سيستخدمونه مرة أخرى في العام المقبل إذا بقي مجانيا.",
    "fa": "این راهنما هر گام را روشن توضیح می‌دهد، اما پر کردن فرم صفحهٔ چهارم دشوار است. "
    "بیشتر مربیان سال آینده دوباره از آن استفاده خواهند کرد.",
    "prs": "این رهنما هر قدم را واضح بیان می‌کند، مگر خانه‌پری فورمهٔ صفحهٔ چهارم مشکل است. "
    "بیشتر رهنمایان سال آینده باز هم از آن استفاده می‌کنند.",
    "ps": "دا لارښود هر ګام په روښانه توګه تشریح کوي، خو د څلورم مخ فورمه ډکول ستونزمن دي. "
    "ډېری لارښوونکي به یې بل کال بیا وکاروي. "
    "ښځې غواړي چې هره اونۍ یو ځل سره وګوري او خپلې پوښتنې په خپله ژبه وکړي.",
    "ckb": "ئەم ڕێبەرە هەموو هەنگاوێک بە ڕوونی ڕوون دەکاتەوە، بەڵام پڕکردنەوەی فۆرمی لاپەڕەی "
    "چوارەم قورسە. زۆربەی ڕاهێنەران ساڵی داهاتوو دووبارە بەکاری دەهێننەوە.",
    "ti": "እዚ መምርሒ ንነፍሲ ወከፍ ስጉምቲ ብንጹር የብርሃ፣ ግን እቲ ኣብ ራብዓይ ገጽ ዘሎ ቅጥዒ ንምምላእ ኣጸጋሚ እዩ። "
    "መብዛሕትኦም መምህራን ንዓመታ መሊሶም ክጥቀሙሉ እዮም።",
}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "ps", "ckb"})
