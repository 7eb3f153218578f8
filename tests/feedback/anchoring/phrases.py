"""Parts of sentences about portfolios, written for the corpus: openings, what happens, and why.

Every opening goes with every middle and every ending of its language, so that a page holds many
sentences that share two of their three parts: a hard text to find a place in. What an editor adds
later is made of parts of its own, as new text is.
"""

from __future__ import annotations

from typing import NamedTuple


class Phrases(NamedTuple):
    script: str
    title: str
    openings: tuple[str, ...]
    middles: tuple[str, ...]
    endings: tuple[str, ...]
    later: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


EN = Phrases(
    "Latin",
    "Mentor guide to the e-portfolio",
    (
        "In the first meeting",
        "After a short walk through the town",
        "Before anybody opens a laptop",
        "With the picture cards on the table",
        "Once the certificates are scanned",
        "When two mentors lead the group",
        "At the end of the third afternoon",
        "Whenever a learner asks for it",
    ),
    (
        "the mentor writes down three skills in the learner's own words",
        "the group looks for work that nobody ever paid for",
        "a learner chooses one photograph as evidence of good work",
        "the interpreter explains what a competence profile is for",
        "everybody tells of a task that went better than expected",
        "the coordinator hands out the page about consent",
        "we compare the language passport with what is spoken at home",
        "one person shows how a file is shared with an employer",
        "the pairs read each other's goals for the coming month",
        "the adviser names the office that recognises foreign diplomas",
        "nobody has to say how they came to this country",
        "the older children may join in and draw their part",
    ),
    (
        "because a portfolio grows slowly.",
        "so that the next step is clear to both.",
        "and ten quiet minutes are kept for questions.",
        "although the form asks for less.",
        "as long as the learner agrees.",
        "which takes about half an hour.",
        "without any names or dates of birth.",
        "and the result stays with the learner alone.",
    ),
    (
        (
            "On the day of the visit",
            "While the kettle boils",
            "Two weeks later",
        ),
        (
            "a trainer from the library brings large print copies",
            "the archive is locked with a second password",
            "someone reads the timetable of the bus aloud",
            "our partner in the workshop tests the new buttons",
        ),
        (
            "since the old page was too long.",
            "unless the room is needed.",
            "before the summer break begins.",
        ),
    ),
)

DE = Phrases(
    "Latin",
    "Leitfaden für die Begleitung des E-Portfolios",
    (
        "Beim ersten Treffen",
        "Nach einem kurzen Gang durch das Viertel",
        "Noch vor dem Einschalten der Rechner",
        "Mit den Bildkarten auf dem Tisch",
        "Sobald die Zeugnisse eingescannt sind,",
        "In Gruppen mit zwei Mentorinnen",
        "Am Ende des dritten Nachmittags",
        "Auf Wunsch der Teilnehmenden",
    ),
    (
        "schreibt die Mentorin drei Fähigkeiten in eigenen Worten auf",
        "sucht die Gruppe nach Arbeit, die nie bezahlt wurde",
        "wählt jede Person ein Foto als Nachweis guter Arbeit",
        "erklärt der Dolmetscher den Zweck des Kompetenzprofils",
        "erzählen alle von einer Aufgabe, die besser lief als gedacht",
        "verteilt die Koordinatorin die Seite über die Einwilligung",
        "vergleichen wir den Sprachenpass mit den Sprachen zu Hause",
        "zeigt jemand, wie man eine Datei mit dem Betrieb teilt",
        "lesen die Paare gegenseitig ihre Ziele für den nächsten Monat",
        "nennt die Beraterin die Stelle für ausländische Abschlüsse",
        "muss niemand vom Weg in dieses Land berichten",
        "dürfen die größeren Kinder ihren Teil dazu malen",
    ),
    (
        "weil ein Portfolio langsam wächst.",
        "damit der nächste Schritt beiden klar ist.",
        "und zehn ruhige Minuten bleiben für Fragen.",
        "obwohl das Formular weniger verlangt.",
        "solange die Person zustimmt.",
        "was ungefähr eine halbe Stunde dauert.",
        "ganz ohne Namen und Geburtsdaten.",
        "und das Ergebnis bleibt allein bei der Person.",
    ),
    (
        (
            "Am Tag des Besuchs",
            "Während das Wasser kocht,",
            "Zwei Wochen später",
        ),
        (
            "bringt ein Trainer der Bücherei Ausdrucke in großer Schrift",
            "wird das Archiv mit einem zweiten Kennwort gesperrt",
            "liest jemand den Fahrplan des Busses laut vor",
            "prüft unser Partner in der Werkstatt die neuen Knöpfe",
        ),
        (
            "denn die alte Seite war zu lang.",
            "sofern der Raum nicht gebraucht wird.",
            "bevor die Sommerpause beginnt.",
        ),
    ),
)

SV = Phrases(
    "Latin",
    "Handledning till e-portfolion",
    (
        "Vid det första mötet",
        "Efter en kort promenad genom staden",
        "Innan någon öppnar datorn",
        "Med bildkorten på bordet",
        "När intygen väl är inlästa",
        "I grupper med två mentorer",
        "I slutet av den tredje eftermiddagen",
        "Närhelst en deltagare ber om det",
    ),
    (
        "skriver mentorn ner tre färdigheter med deltagarens egna ord",
        "letar gruppen efter arbete som ingen någonsin betalat för",
        "väljer var och en ett fotografi som bevis på gott arbete",
        "förklarar tolken vad en kompetensprofil ska användas till",
        "berättar alla om en uppgift som gick bättre än väntat",
        "delar samordnaren ut sidan om samtycke",
        "jämför vi språkpasset med det som talas hemma",
        "visar någon hur en fil delas med en arbetsgivare",
        "läser paren varandras mål för månaden som kommer",
        "nämner rådgivaren kontoret som bedömer utländska betyg",
        "behöver ingen säga hur de kom hit till landet",
        "får de äldre barnen vara med och rita sin del",
    ),
    (
        "eftersom en portfolio växer långsamt.",
        "så att nästa steg är tydligt för båda.",
        "och tio lugna minuter sparas till frågor.",
        "fastän blanketten frågar efter mindre.",
        "så länge deltagaren går med på det.",
        "vilket tar ungefär en halvtimme.",
        "helt utan namn och födelsedatum.",
        "och resultatet stannar hos deltagaren.",
    ),
    (
        (
            "På dagen för besöket",
            "Medan vattnet kokar",
            "Två veckor senare",
        ),
        (
            "tar en kursledare från biblioteket med utskrifter i stor stil",
            "låses arkivet med ett andra lösenord",
            "läser någon bussens tidtabell högt",
            "provar vår partner i verkstaden de nya knapparna",
        ),
        (
            "för den gamla sidan var alltför lång.",
            "om inte rummet behövs.",
            "innan sommaruppehållet börjar.",
        ),
    ),
)

EL = Phrases(
    "Greek",
    "Οδηγός για τον ηλεκτρονικό φάκελο δεξιοτήτων",
    (
        "Στην πρώτη συνάντηση",
        "Μετά από έναν σύντομο περίπατο στην πόλη",
        "Πριν ανοίξει κανείς τον υπολογιστή",
        "Με τις κάρτες εικόνων πάνω στο τραπέζι",
        "Αφού σαρωθούν τα πιστοποιητικά",
        "Όταν την ομάδα οδηγούν δύο μέντορες",
        "Στο τέλος του τρίτου απογεύματος",
        "Όποτε το ζητήσει κάποιος",
    ),
    (
        "ο μέντορας σημειώνει τρεις δεξιότητες με τα λόγια του ανθρώπου",
        "η ομάδα αναζητά δουλειές που δεν πληρώθηκαν ποτέ",
        "καθένας διαλέγει μια φωτογραφία ως απόδειξη καλής δουλειάς",
        "ο διερμηνέας εξηγεί σε τι χρησιμεύει το προφίλ ικανοτήτων",
        "όλοι διηγούνται κάτι που πήγε καλύτερα από όσο περίμεναν",
        "η συντονίστρια μοιράζει τη σελίδα για τη συγκατάθεση",
        "συγκρίνουμε το διαβατήριο γλωσσών με όσα μιλιούνται στο σπίτι",
        "κάποιος δείχνει πώς στέλνεται ένα αρχείο στον εργοδότη",
        "τα ζευγάρια διαβάζουν τους στόχους του επόμενου μήνα",
        "η σύμβουλος αναφέρει την υπηρεσία που αναγνωρίζει πτυχία",
        "κανείς δεν χρειάζεται να πει πώς έφτασε στη χώρα",
        "τα μεγαλύτερα παιδιά ζωγραφίζουν το δικό τους μέρος",
    ),
    (
        "επειδή ο φάκελος μεγαλώνει αργά.",
        "ώστε το επόμενο βήμα να είναι σαφές και στους δύο.",
        "και δέκα ήσυχα λεπτά μένουν για ερωτήσεις.",
        "αν και το έντυπο ζητά λιγότερα.",
        "εφόσον ο ίδιος συμφωνεί.",
        "πράγμα που διαρκεί περίπου μισή ώρα.",
        "χωρίς ονόματα και ημερομηνίες γέννησης.",
        "και το αποτέλεσμα μένει μόνο στον ίδιο.",
    ),
    (
        (
            "Την ημέρα της επίσκεψης",
            "Ενώ βράζει το νερό",
            "Δύο εβδομάδες αργότερα",
        ),
        (
            "ένας εκπαιδευτής φέρνει αντίγραφα με μεγάλα γράμματα",
            "το αρχείο κλειδώνεται με δεύτερο κωδικό",
            "διαβάζεται φωναχτά το δρομολόγιο του λεωφορείου",
            "ο εταίρος μας δοκιμάζει στο εργαστήριο τα νέα κουμπιά",
        ),
        (
            "γιατί η παλιά σελίδα ήταν πολύ μακριά.",
            "εκτός αν χρειαστεί η αίθουσα.",
            "πριν αρχίσουν οι καλοκαιρινές διακοπές.",
        ),
    ),
)

BG = Phrases(
    "Cyrillic",
    "Ръководство за електронното портфолио",
    (
        "На първата среща",
        "След кратка разходка из града",
        "Преди някой да отвори компютъра",
        "С картите с рисунки на масата",
        "Щом удостоверенията са сканирани",
        "Когато групата се води от двама ментори",
        "В края на третия следобед",
        "Винаги когато някой помоли за това",
    ),
    (
        "менторът записва три умения с думите на самия човек",
        "групата търси труд, за който никой не е плащал",
        "всеки избира една снимка като доказателство за добра работа",
        "преводачът обяснява за какво служи профилът на уменията",
        "всички разказват за задача, минала по-добре от очакваното",
        "координаторката раздава страницата за съгласието",
        "сравняваме езиковия паспорт с това, което се говори у дома",
        "един човек показва как файл се споделя с работодател",
        "двойките четат взаимно целите си за идния месец",
        "консултантката назовава службата, която признава чужди дипломи",
        "никой не е длъжен да казва как е дошъл в страната",
        "по-големите деца могат да нарисуват своята част",
    ),
    (
        "защото портфолиото расте бавно.",
        "така че следващата стъпка да е ясна и за двамата.",
        "и десет тихи минути остават за въпроси.",
        "макар че формулярът иска по-малко.",
        "стига човекът да е съгласен.",
        "което отнема около половин час.",
        "без никакви имена и рождени дати.",
        "и резултатът остава само у човека.",
    ),
    (
        (
            "В деня на посещението",
            "Докато водата заври",
            "Две седмици по-късно",
        ),
        (
            "обучителят от библиотеката носи копия с едър шрифт",
            "архивът се заключва с втора парола",
            "разписанието на автобуса се чете на глас",
            "партньорът ни изпробва новите бутони в работилницата",
        ),
        (
            "понеже старата страница беше твърде дълга.",
            "освен ако залата не потрябва.",
            "преди да започне лятната ваканция.",
        ),
    ),
)

UK = Phrases(
    "Cyrillic",
    "Посібник з електронного портфоліо",
    (
        "На першій зустрічі",
        "Після короткої прогулянки містом",
        "Перш ніж хтось увімкне комп'ютер",
        "З картками-малюнками на столі",
        "Щойно свідоцтва відскановано",
        "Коли групу ведуть двоє наставників",
        "Наприкінці третього пополудня",
        "Щоразу, як учасник про це попросить",
    ),
    (
        "наставниця записує три вміння словами самої людини",
        "група шукає працю, за яку ніхто ніколи не платив",
        "кожен обирає одну світлину як доказ доброї роботи",
        "перекладач пояснює, навіщо потрібен профіль умінь",
        "усі розповідають про справу, що вдалася краще, ніж гадали",
        "координаторка роздає сторінку про згоду",
        "ми порівнюємо мовний паспорт із тим, як говорять удома",
        "хтось показує, як поділитися файлом із роботодавцем",
        "пари читають одна одній цілі на наступний місяць",
        "радниця називає установу, яка визнає закордонні дипломи",
        "нікому не треба казати, як він потрапив до країни",
        "старші діти можуть намалювати свою частину",
    ),
    (
        "бо портфоліо росте поволі.",
        "щоб наступний крок був зрозумілий обом.",
        "і десять тихих хвилин лишаються на запитання.",
        "хоча бланк вимагає менше.",
        "якщо людина на це згодна.",
        "що триває близько пів години.",
        "без жодних імен і дат народження.",
        "а підсумок лишається тільки в самої людини.",
    ),
    (
        (
            "У день відвідин",
            "Поки закипає чайник",
            "Через два тижні",
        ),
        (
            "тренер із бібліотеки приносить копії великим шрифтом",
            "архів замикають другим паролем",
            "розклад автобуса зачитують уголос",
            "наш партнер у майстерні випробовує нові кнопки",
        ),
        (
            "адже стара сторінка була задовга.",
            "хіба що знадобиться кімната.",
            "перш ніж почнуться літні канікули.",
        ),
    ),
)

AR = Phrases(
    "Arabic",
    "دليل المرشد إلى الملف الإلكتروني",
    (
        "في اللقاء الأول",
        "بعد جولة قصيرة في المدينة",
        "قبل أن يفتح أحد الحاسوب",
        "مع بطاقات الصور على الطاولة",
        "حين تُصوَّر الشهادات",
        "إذا قاد المجموعة مرشدان",
        "في نهاية العصر الثالث",
        "كلما طلب المتعلم ذلك",
    ),
    (
        "يكتب المرشد ثلاث مهارات بكلمات المتعلم نفسه",
        "تبحث المجموعة عن عمل لم يدفع أحد ثمنه",
        "يختار كل شخص صورة واحدة دليلاً على عمل جيد",
        "يشرح المترجم فائدة ملف الكفاءات",
        "يحكي الجميع عن مهمة سارت أفضل من المتوقع",
        "توزع المنسقة الصفحة الخاصة بالموافقة",
        "نقارن جواز اللغات بما يُتحدث به في البيت",
        "يبين أحدهم كيف يُرسل الملف إلى صاحب العمل",
        "يقرأ كل اثنين أهدافهما للشهر القادم",
        "تذكر المستشارة المكتب الذي يعترف بالشهادات الأجنبية",
        "لا يُطلب من أحد أن يقول كيف وصل إلى البلد",
        "يرسم الأولاد الأكبر سناً الجزء الخاص بهم",
    ),
    (
        "لأن الملف ينمو ببطء.",
        "حتى تكون الخطوة التالية واضحة للاثنين.",
        "وتبقى عشر دقائق هادئة للأسئلة.",
        "مع أن الاستمارة تطلب أقل من ذلك.",
        "ما دام المتعلم موافقاً.",
        "وهذا يستغرق نحو نصف ساعة.",
        "من غير أسماء ولا تواريخ ميلاد.",
        "وتبقى النتيجة عند المتعلم وحده.",
    ),
    (
        (
            "في يوم الزيارة",
            "ريثما يغلي الماء",
            "بعد أسبوعين",
        ),
        (
            "يحضر مدرب من المكتبة نسخاً بحروف كبيرة",
            "يُقفل الأرشيف بكلمة سر ثانية",
            "تُقرأ مواعيد الحافلة بصوت عالٍ",
            "يجرب شريكنا في الورشة الأزرار الجديدة",
        ),
        (
            "فالصفحة القديمة كانت طويلة جداً.",
            "إلا إذا احتجنا إلى القاعة.",
            "قبيل بدء العطلة الصيفية.",
        ),
    ),
)

FA = Phrases(
    "Arabic",
    "راهنمای همراهی با کارپوشهٔ الکترونیکی",
    (
        "در نخستین دیدار",
        "پس از گردشی کوتاه در شهر",
        "پیش از آن‌که کسی رایانه را باز کند",
        "با کارت‌های تصویری روی میز",
        "وقتی گواهی‌نامه‌ها اسکن شدند",
        "اگر دو راهنما گروه را پیش ببرند",
        "در پایان عصر سوم",
        "هر وقت یادگیرنده بخواهد",
    ),
    (
        "راهنما سه مهارت را با واژه‌های خود یادگیرنده می‌نویسد",
        "گروه به دنبال کاری می‌گردد که کسی مزدش را نداده است",
        "هر کس عکسی را به نشانهٔ کار خوب برمی‌گزیند",
        "مترجم می‌گوید نمایهٔ شایستگی به چه درد می‌خورد",
        "همه از کاری می‌گویند که بهتر از انتظار پیش رفت",
        "هماهنگ‌کننده برگهٔ رضایت را پخش می‌کند",
        "گذرنامهٔ زبان را با زبان‌های خانه می‌سنجیم",
        "یکی نشان می‌دهد پرونده را چگونه برای کارفرما بفرستیم",
        "هر دو نفر هدف‌های ماه آینده را برای هم می‌خوانند",
        "مشاور نام اداره‌ای را می‌برد که مدرک خارجی را می‌پذیرد",
        "کسی ناچار نیست بگوید چگونه به این کشور آمده است",
        "بچه‌های بزرگ‌تر بخش خودشان را نقاشی می‌کنند",
    ),
    (
        "چون کارپوشه آهسته رشد می‌کند.",
        "تا گام بعدی برای هر دو روشن باشد.",
        "و ده دقیقهٔ آرام برای پرسش می‌ماند.",
        "هرچند برگه کمتر از این می‌خواهد.",
        "اگر خود یادگیرنده موافق باشد.",
        "که نزدیک نیم ساعت طول می‌کشد.",
        "بی هیچ نام و تاریخ تولدی.",
        "و نتیجه تنها نزد یادگیرنده می‌ماند.",
    ),
    (
        (
            "روز بازدید",
            "تا آب جوش بیاید",
            "دو هفته پس از آن",
        ),
        (
            "مربی کتابخانه نسخه‌هایی با حروف درشت می‌آورد",
            "بایگانی با گذرواژهٔ دومی قفل می‌شود",
            "جدول حرکت اتوبوس بلند خوانده می‌شود",
            "همکار ما در کارگاه دکمه‌های تازه را می‌آزماید",
        ),
        (
            "زیرا صفحهٔ پیشین بسیار بلند بود.",
            "مگر اتاق لازم شود.",
            "پیش از آغاز تعطیلات تابستان.",
        ),
    ),
)

PHRASES = {"en": EN, "de": DE, "sv": SV, "el": EL, "bg": BG, "uk": UK, "ar": AR, "fa": FA}
FROM_THE_RIGHT = frozenset({"ar", "fa"})
