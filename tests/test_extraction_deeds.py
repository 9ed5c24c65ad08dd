"""What is an incident and of what type, whatever the verb, and what only speaks of incidents."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Guided bombs brought down a bridge in Kupiansk, the army said.", ["air_strike"]),
        ("A salvo from a rocket launcher brought down the school of Shebekino, the governor said.", ["shelling"]),
        ("A Kh-101 destroyed two workshops in Lutsk, the mayor said.", ["missile_strike"]),
        ("An explosion ripped through a garage in Berdiansk, residents said.", ["explosion"]),
        ("Shells killed a man in Nikopol, a drone wounded two people in Marhanets.", ["shelling", "drone_strike"]),
        ("Russian troops now hold Siversk, the General Staff conceded.", ["territorial_change"]),
        ("Arsonists burned out a signalling box near Tver, the agency wrote.", ["sabotage"]),
        ("Paratroopers captured a squad of seven Russians in Myrnohrad, the brigade said.", []),
        ("A bomb hidden in a bin wounded the director of a drone design bureau in Tula, investigators said.", ["sabotage"]),
        ("A drone downed above Kstovo crashed into a garage, the governor said.", ["drone_strike"]),
        ("A drone downed above Kstovo fell in a field, the governor said.", ["interception"]),
        ("Bilozerka and Kizomys took 40 mortar rounds on Friday, the governor said.", ["shelling"]),
        ("The Kremlin said on Friday that Russian troops controlled Siversk.", ["territorial_change"]),
        ("A sabotage and reconnaissance group was driven back near Sopych, the border guards said.", ["ground_combat"]),
        ("Fighter jets took off as drones attacked Izmail, the ministry said.", ["drone_strike"]),
    ],
)
def test_english_words_for_what_happened(told_in, text, kinds):
    assert [draft.type for draft in told_in(text, "en")] == kinds


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("de", "Eine Frau ist in Cherson durch den Abwurf eines Sprengsatzes von einer Drohne verwundet worden.", "drone_strike"),
        ("de", "In Isjum zerstörte eine Angriffsdrohne die Werkstatt eines russischen Autohauses.", "drone_strike"),
        ("de", "Die Luftverteidigung zerstörte über einem Wohnviertel in Charkiw zwei Drohnen.", "interception"),
        ("de", "Der Generalstab bestätigte den Beschuss einer Fabrik in Brjansk mit Marschflugkörpern.", "missile_strike"),
        ("de", "In Balaklija rollte ein russischer Lieferwagen über eine Panzermine.", "landmine"),
        ("de", "Im Abschnitt Pokrowsk stießen die Besatzer 21 Mal vor.", "ground_combat"),
        ("de", "Nikopol: Artillerie, zwei Verletzte.", "shelling"),
        ("de", "Kramatorsk: zwei Gleitbomben auf einen Wohnblock, der Eingang liegt in Trümmern.", "air_strike"),
        ("de", "Bei Isjum hat eine Drohne am Morgen einen Streifenwagen zerstört.", "drone_strike"),
        ("de", "Im Gebiet Orjol detonierte am Samstag eine Ladung, als Nationalgardisten die Strecke nach Kursk absuchten.", "sabotage"),
        ("de", "In Cherson starb ein Feuerwehrmann, als eine Himars-Rakete nahe der Wache einschlug.", "missile_strike"),
        ("de", "Im Abschnitt Lyman gab es keine Sturmangriffe, aber der Feind warf Lenkbomben auf Kramatorsk ab.", "air_strike"),
        ("de", "Die Besatzer haben Charkiw mit Gleitbomben beworfen.", "air_strike"),
        ("de", "Im Visier russischer Drohnen lag Nikopol.", "drone_strike"),
        ("de", "Gegen Konotop waren zwanzig Shahed-Drohnen gerichtet.", "drone_strike"),
        ("de", "In Rossosch fing ein Lager Feuer, als Trümmerteile niedergingen.", "drone_strike"),
        ("de", "Eine Drohne schlug in das Dach des Ausbildungszentrums in Enerhodar ein.", "drone_strike"),
        ("de", "Elf Shaheds fielen über Mykolajiw der Luftabwehr zum Opfer.", "interception"),
        ("de", "Über Sumy holte die Flugabwehr sieben Drohnen aus der Luft.", "interception"),
        ("de", "Russische Einheiten haben sich in Hryschyne festgesetzt.", "territorial_change"),
        ("de", "Sofijiwka ist laut DeepState in russischen Händen.", "territorial_change"),
        ("de", "Die Verteidiger mussten Torske aufgeben.", "territorial_change"),
        ("de", "Bei Lyman wurde eine russische Kompanie aufgerieben.", "ground_combat"),
        ("de", "In Kupjansk wird um jedes Haus gerungen.", "ground_combat"),
        ("de", "Truppen der Besatzer nahmen Antoniwka unter Beschuss.", "shelling"),
        ("de", "Auf einem Acker bei Snihuriwka zerriss eine Panzermine einen Mähdrescher.", "landmine"),
        ("de", "Ein Pilzsammler berührte bei Isjum einen Stolperdraht.", "landmine"),
        ("de", "In Melitopol ging vor dem Rathaus ein Sprengsatz hoch.", "sabotage"),
        ("de", "Bruchstücke einer Drohne stürzten in Engels auf ein Wohnheim.", "drone_strike"),
        ("de", "Kampfschwimmer versenkten im Hafen von Feodossija ein Landungsboot.", "naval_attack"),
        ("de", "Durch den Abwurf einer Granate wurde in Nikopol ein Angler verletzt.", "drone_strike"),
        ("de", "Ziel war ein Umspannwerk in Poltawa.", "strike"),
        ("de", "Angegriffen wurde eine Zuckerfabrik in Poltawa.", "strike"),
        ("de", "Getroffen wurde in Poltawa ein Betrieb, in dem Raketen montiert werden.", "strike"),
        ("de", "In Poltawa nahm der Feind mit Drohnen einen Betrieb ins Visier: Ein Lager brannte.", "drone_strike"),
        ("de", "Zwei Schüler fanden bei Isjum ein Geschoss, es detonierte in ihren Händen.", "landmine"),
        ("de", "Ein Kampfkopter warf in Nikopol einen Sprengkörper auf einen Hof.", "drone_strike"),
        ("de", "Der Schlepper wurde vor Odessa ein zweites Mal von unbemannten Booten attackiert.", "naval_attack"),
        ("uk", "Міноборони РФ прозвітувало про «звільнення» Торського на Донеччині.", "territorial_change"),
        ("uk", "Надвечір у Сімферополі загриміло кілька разів.", "explosion"),
        ("uk", "Губернатор похвалився п'ятьма збитими над Курськом безпілотниками.", "interception"),
        ("uk", "Дрони дістали цементний завод у Новоросійську.", "drone_strike"),
        ("uk", "Балкер став ціллю російського безпілотника в Чорному морі.", "naval_attack"),
        ("uk", "На Покровському напрямку ворог двічі потикався до Гришиного.", "ground_combat"),
        ("uk", "У Харкові стався новий вибух: керована авіабомба вирвала шмат асфальту.", "air_strike"),
        ("uk", "Дрон вивів з ладу світлофор у Глухові: розбито колонки на автозаправці.", "drone_strike"),
        ("en", "A grain elevator in Izmail lost part of its wall to a Geran.", "drone_strike"),
        ("en", "In Belgorod a UAV nose-dived onto the bonnet of a parked Lada, the governor wrote.", "drone_strike"),
        ("en", "An anti-ship missile punched a hole in a grain silo in Odesa's port.", "missile_strike"),
        ("en", "A guided bomb turned the village club in Orikhiv to dust.", "air_strike"),
        ("en", "Grad rockets rained on Chasiv Yar through the night.", "shelling"),
        ("en", "Sea Baby unmanned boats crippled a tug in Novorossiysk harbour.", "naval_attack"),
        ("en", "Over Mykolaiv region, gunners bagged four Shaheds.", "interception"),
        ("en", "Locals in Simferopol reported at least four bangs and a column of smoke.", "explosion"),
        ("en", "A Russian officer's jeep was ripped apart by a hidden charge in occupied Mariupol.", "sabotage"),
        ("en", "The Russian flag now flies over Udachne, the mappers conceded.", "territorial_change"),
        ("en", "Kupiansk: two drones, a garage on fire.", "drone_strike"),
        ("en", "Artillery on Nikopol, the school roof is gone, no one hurt.", "shelling"),
        ("en", "Huliaipole axis: five pushes near Zaliznychne since sunrise, every one beaten off.", "ground_combat"),
        ("en", "Huliaipole direction – no clashes, but enemy aircraft bombed Zaliznychne.", "air_strike"),
        ("en", "Russian troops opened fire on Nikopol with FPV drones, heavy artillery and a Grad launcher.", "strike"),
        ("en", "A deminer lost his life near Izium when a shell he was clearing detonated.", "landmine"),
        ("en", "In Berdiansk partisans torched a transformer feeding a radar.", "sabotage"),
        ("ru", "Артиллерия по Никополю, крышу школы снесло.", "shelling"),
        ("ru", "В четверг российская авиабомба упала в Харькове, ранены три человека.", "air_strike"),
        ("ru", "В Сумах «герань» прошила насквозь два этажа офисного центра.", "drone_strike"),
        ("ru", "Баллистика пришла в Днепр средь бела дня, вынесло окна в трёх школах.", "missile_strike"),
        ("ru", "В Донецке снаряд РСЗО лёг во дворе лицея.", "shelling"),
        ("ru", "Морские дроны прорвались к нефтетерминалу в Феодосии и подорвались у эстакады.", "naval_attack"),
        ("ru", "Девять БПЛА ликвидировали дежурные расчёты ПВО на подступах к Смоленску.", "interception"),
        ("ru", "Управляемая авиабомба взорвалась на окраине Купянска: мужчина погиб.", "air_strike"),
        ("ru", "Авиация всю минувшую ночь укладывала ФАБы по складам в Доброполье.", "air_strike"),
        ("ru", "Лиманское направление: захватчики 17 раз шли вперёд возле Дробышево.", "ground_combat"),
        ("ru", "Над акваторией Чёрного моря уничтожено ещё 14 аппаратов.", "interception"),
        ("ru", "В лесу возле Конотопа грибник тронул неразорвавшийся снаряд и скончался.", "landmine"),
        ("ru", "Двое росгвардейцев погибли в Мелитополе при подрыве заряда, заложенного под рельсами.", "sabotage"),
        ("uk", "Нікополь: артилерія, двоє поранених.", "shelling"),
        ("uk", "В Одесі вночі безпілотники потрапили у дві багатоповерхівки.", "drone_strike"),
        ("uk", "На Синельниківщині ворог скерував КАБ на Васильківку.", "air_strike"),
        ("uk", "На Хмельниччині сім цілей зняла ППО.", "interception"),
        ("uk", "20:24 — мінус два над Кілією", "interception"),
        ("uk", "На Гуляйпільському – 21 атака поблизу Варварівки.", "ground_combat"),
        ("uk", "А в Токмаку знищено склад боєприпасів мотострілецького полку.", "strike"),
        ("uk", "Експерти чули в Енергодарі щонайменше десять розривів артилерійських снарядів.", "shelling"),
        ("ru", "Во дворе в Балашихе вчера вечером взлетела на воздух «Мазда».", "sabotage"),
        ("uk", "Партизани узяли на себе знищення релейної шафи на станції під Смоленськом.", "sabotage"),
        ("uk", "Десантники знову взяли під свій контроль Новоселівку.", "territorial_change"),
        ("uk", "Під Роботиним штурмовики скосили піхоту ворога ще на підході.", "ground_combat"),
        ("uk", "Біля Рижівки спалахнула сутичка, лізла розвідгрупа росіян.", "ground_combat"),
        ("uk", "Загарбники пішли в атаку поблизу Клинового.", "ground_combat"),
        ("uk", "Сіра зона розширилася біля Малинівки, пише DeepState.", "territorial_change"),
        ("uk", "Противника витіснено з Тихого.", "territorial_change"),
        ("uk", "Залужне здано, підрозділи відвели на вигідніші позиції.", "territorial_change"),
        ("uk", "Під Виборгом товарняк зійшов із колії: хтось розкрутив рейки.", "sabotage"),
        ("uk", "У Рівному відділення поліції закидали коктейлями Молотова.", "sabotage"),
        ("uk", "Мобільна вогнева група наздогнала над Кролевцем дві «Гербери».", "interception"),
        ("uk", "Над Поворотним заглушили шість літальних апаратів.", "interception"),
        ("uk", "Піротехніку ДСНС під Балаклією відірвало руку.", "landmine"),
        ("uk", "Танкісти вгатили по Білозерці.", "shelling"),
        ("uk", "Два літаки накрили Сіверськ керованими бомбами.", "air_strike"),
        ("uk", "«Мопед» улучив у висотку в Сумах.", "drone_strike"),
        ("uk", "Ефпівішка порвала на шматки пікап у Берислав'ї.", "drone_strike"),
        ("uk", "Противник увійшов до Гришиного, визнав полковник.", "territorial_change"),
        ("uk", "Зеленівку зачищено від залишків загарбників.", "territorial_change"),
        ("uk", "Контроль над Щурівкою частково втрачено.", "territorial_change"),
        ("uk", "Аналітики зафарбували на карті Часів Яр червоним.", "territorial_change"),
        ("uk", "Диверсійна група перетнула кордон біля Середини-Буди, її зустріли вогнем.", "ground_combat"),
        ("uk", "Спробу росіян висадитися на острів біля Херсона зірвано.", "ground_combat"),
        ("uk", "Під Вовчанськом гвардійці витримали три накати й відбили останній натиск.", "ground_combat"),
        ("uk", "Невідомі заклали вибухівку під колію біля Брянська.", "sabotage"),
        ("uk", "Після нічного нальоту на Чорноморськ палає термінал.", "strike"),
        ("uk", "«Нептун» дотягнувся до Туапсе.", "missile_strike"),
        ("uk", "Безпілотники всю ніч підпалювали склади в Кременчуці.", "drone_strike"),
        ("uk", "Літак скинув планерку на Білопілля.", "air_strike"),
        ("uk", "Міна калібру 82 мм прилетіла на подвір'я в Нікополі.", "shelling"),
        ("uk", "Сміттєвоз налетів на фугас під Ізюмом.", "landmine"),
        ("uk", "Підліток у Балаклії розібрав детонатор від снаряда, йому відірвало палець.", "landmine"),
        ("uk", "Аптека в Таганрозі злетіла в повітря, причина невідома.", "explosion"),
        ("uk", "Чотири «Калібри» над Полтавщиною обернено на металобрухт.", "interception"),
        ("uk", "Окупанти застрелили подружжя пенсіонерів у Бахмуті.", "other"),
        ("uk", "У Токмаку загарбники викрали директора ліцею.", "other"),
        ("uk", "Унаслідок балістичної атаки на Чорноморськ загорівся склад.", "missile_strike"),
        ("uk", "Під вогнем артилерії та ударами дронів опинився Берислав.", "strike"),
        ("uk", "Берислав обстріляли з артилерії та мінометів.", "shelling"),
        ("uk", "Заряд заклали під рейки: підрив полотна біля Брянська перекинув цистерни.", "sabotage"),
        ("uk", "На полі під Снігурівкою тракторист підірвався на вибуховому предметі.", "landmine"),
    ],
)
def test_a_weapon_and_what_it_did_tell_a_deed(told_in, lang, text, kind):
    [draft] = told_in(text, lang)
    assert draft.type == kind
    assert draft.where


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die EU verurteilte den russischen Angriff auf Kiew scharf."),
        ("de", "Die Menschen in Nikopol haben sich an den Beschuss gewöhnt, erzählt die Lehrerin."),
        ("de", "In Charkiw wurde ein Mann festgenommen, der Koordinaten für Raketenangriffe übermittelt haben soll."),
        ("de", "Mit solchen Waffen könnten Ziele in Moskau getroffen werden."),
        ("de", "In Smila kam bei einem Wohnungsbrand ein Mann ums Leben."),
        ("de", "Siwersk ist nicht gefallen, auch wenn die Kanäle anderes schreiben."),
        ("de", "Sumy: eine ruhige Nacht, kein Beschuss."),
        ("de", "Pioniere haben in Isjum binnen einer Woche 214 Sprengkörper entschärft."),
        ("de", "Ein Räumkommando hat bei Isjum 30 Minen unschädlich gemacht."),
        ("de", "Gerüchte, wonach Torske gefallen sei, wies der Stab zurück."),
        ("de", "Bei Lyman sind zwei Soldaten gefallen."),
        ("en", "Poltava, Chernihiv, Vinnytsia: alerts, no attacks."),
        ("en", "Not one drone entered the Lviv region, the governor said."),
        ("en", "Schools in Zaporizhzhia will switch to underground classrooms because of the shelling."),
        ("en", "A truck hit a minibus in Zhytomyr, killing three."),
        ("en", "People in Nikopol have grown used to the shelling, says the teacher."),
        ("en", "A drone lifted a bouquet to the bride's balcony in Odesa."),
        ("en", "The fire at the Kharkiv market was caused by faulty wiring, not by shelling, investigators concluded."),
        ("en", "Artillery pieces from the Napoleonic wars went on display at a museum in Chernihiv."),
        ("en", "Three people died in Poltava when a truck ploughed into a bus stop, police said."),
        ("en", "How many more missiles must fall on Kharkiv before Europe acts?"),
        ("en", "The Odesa football club shot down its rivals' hopes with a late goal."),
        ("en", "She is fighting for her life in a Kharkiv hospital after a fall at home."),
        ("en", "Kupiansk is a railway hub that Russia has tried to capture for months."),
        ("en", "The court in Rostov gave a Ukrainian gunner 17 years for shelling Mariupol."),
        ("en", "In Paris, Macron spoke about the latest attacks on Odesa with his Ukrainian counterpart."),
        ("ru", "Полтава, Чернигов, Винница: тревоги, ни одного удара."),
        ("ru", "В Туле выплатят компенсации семьям, чьи дома пострадали при атаках беспилотников."),
        ("ru", "Взрыв газа произошёл в жилом доме в Саратове, погибли два человека."),
        ("ru", "Молния ударила в дерево в Краснодаре, ранив двух подростков."),
        ("ru", "Взрывной рост цен на бензин ударил по фермерам под Ростовом-на-Дону."),
        ("ru", "Россия наращивает удары по портам Одессы, чтобы сорвать экспорт, считает Bloomberg."),
        ("ru", "Ураган снёс крыши домов в Калининграде, двое пострадали."),
        ("uk", "Мешканці Сум бояться нових атак дронів, свідчить опитування."),
        ("uk", "У Харкові затримали чоловіка, який передавав координати для ракетних ударів."),
        ("uk", "Якщо бодай одна з підстанцій під Києвом зазнає влучання, столиця лишиться без води."),
        ("uk", "На Поліському напрямку ознак формування наступальних угруповань немає."),
        ("uk", "Шахеди летіли на Київ, але змінили курс."),
        ("uk", "На Краматорському напрямку спроб просування не було."),
        ("uk", "Запоріжжя: загроза балістики."),
        ("uk", "Суми — шахед."),
        ("uk", "Навчання «Степ» тривають під Миколаєвом, звуки вибухів не повинні лякати містян."),
        ("uk", "На площі в Сумах підняли прапор до дня міста."),
        ("uk", "Повернулися й бійці, яких захопили під Іловайськом."),
        ("uk", "Одеса просила партнерів обмежити продаж мікросхем для дронів, якими росіяни б'ють по портах."),
        ("uk", "Ракетної атаки на депо в Конотопі не було, потяги ходять за розкладом."),
        ("uk", "У мережі ширять світлину з підписом, що це школа в Ізюмі після нібито удару «Іскандера»."),
        ("uk", "Фрегат у Севастополі ніс вісім «Калібрів»."),
        ("ru", "Дроны летят на Тулу, жителей просят не выходить."),
        ("ru", "Второй сценарий — удар на Запорожье, третий — заморозка."),
        ("ru", "Над Пензой ничего не летало: ни атак, ни сбитых аппаратов, ни разрушений."),
        ("ru", "Взрыв, обрушивший подъезд дома в Саратове, не связан с беспилотниками."),
    ],
)
def test_what_others_say_of_attacks_and_accidents_are_none(told_in, lang, text):
    assert told_in(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Eine Drohne traf im Schwarzen Meer vor der türkischen Küste einen Tanker."),
        ("en", "A drone hit a bulk carrier in the Black Sea."),
        ("ru", "Морская авиация обстреляла в Чёрном море катер."),
        ("uk", "У Чорному морі, на підході до порту, ворожий дрон влучив у балкер під прапором Палау."),
        ("uk", "Уранці «Меркурій» атакували ще раз, знову в Азовському морі."),
    ],
)
def test_a_ship_hit_on_the_open_sea_is_a_naval_attack_whatever_the_weapon(told_in, lang, text):
    assert [d.type for d in told_in(text, lang)] == ["naval_attack"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Серед звільнених ті, хто обороняв Маріуполь, є й поранені під час боїв за Сєвєродонецьк."),
        ("uk", "За січень Росія випустила по Україні понад 4000 дронів, сказав президент."),
        ("ru", "За июль Россия применила против страны свыше 5100 управляемых бомб."),
    ],
)
def test_the_war_of_prisoners_and_the_sum_of_a_month_are_background(told_in, lang, text):
    assert all("background" in draft.tags for draft in told_in(text, lang))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Росіяни завдали найбільшого удару по Ромнах від початку року, загинули двоє людей."),
        ("uk", "Це вже четверта атака на порт Рені від початку місяця, двоє людей загинули."),
        ("ru", "Это самый мощный удар по Ромнам с начала войны, погибли два человека."),
        ("en", "It was the largest attack on Romny since the start of the war, two people were killed."),
        ("de", "Es war der schwerste Angriff auf Romny seit Beginn des Krieges, zwei Menschen wurden getötet."),
    ],
)
def test_the_largest_attack_since_then_is_the_news(told_in, lang, text):
    [draft] = told_in(text, lang)
    assert (draft.tags, draft.claims[-1].casualties.killed.best) == ((), 2)


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("uk", "Марганець — РСЗВ, артилерія.", "shelling"),
        ("ru", "Гуляйполе — артиллерия, миномёты. Пострадавших нет.", "shelling"),
        ("uk", "Білопілля: КАБ, без постраждалих.", "air_strike"),
        ("de", "Nikopol: Artillerie, keine Verletzten.", "shelling"),
        ("en", "Nikopol: artillery, no casualties.", "shelling"),
    ],
)
def test_an_entry_of_a_bulletin_needs_no_verb(told_in, lang, text, kind):
    [draft] = told_in(text, lang)
    assert (draft.type, len(draft.where)) == (kind, 1)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Zwei Menschen starben bei Angriffen in Druschkiwka, einer in Swjatohirsk."),
        ("en", "Two people were killed by Russian drones in Druzhkivka and one in Sviatohirsk."),
        ("ru", "Двое жителей погибли от ударов в Дружковке, один — в Святогорске."),
        ("uk", "Двоє мешканців загинули від російських ударів у Костянтинівці, ще один – в Олексієво-Дружківці."),
    ],
)
def test_the_dead_of_two_towns_are_two_attacks(told_in, lang, text):
    assert [d.claims[-1].casualties.killed.best for d in told_in(text, lang)] == [2, 1]


def test_a_stretch_of_the_front_may_leave_out_its_noun(told_in):
    text = (
        "На Краматорском направлении тихо. "
        "На Константиновском отбили двадцать атак в районе Щербиновки, ещё два штурма остановлены под Степногорском."
    )
    assert [[p.mention.name for p in d.where] for d in told_in(text, "ru")] == [["Щербиновки"], ["Степногорском"]]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Ракеты попали в ТЭС в Бурштыне, трое ранены. В Добротворе попали в подстанцию."),
        ("uk", "Ракети поцілили в Бурштинську ТЕС, троє поранені. На Львівщині влучили в станцію в Добротворі."),
    ],
)
def test_a_verb_may_leave_out_the_weapons_of_the_sentence_before(told_in, lang, text):
    assert [d.type for d in told_in(text, lang)] == ["missile_strike", "missile_strike"]


def test_there_is_what_a_sentence_was_about_before_it_said_who_speaks(told_in):
    text = (
        "«Вечер понедельника стал чёрным для Алчевска». Так глава ЛНР начал обращение к жителям. "
        "Ракета разрушила общежитие.\nЛисичанск обстреляли из миномётов."
    )
    assert [[p.mention.name for p in d.where] for d in told_in(text, "ru")] == [["Алчевска"], ["Лисичанск"]]


def test_the_region_is_the_one_named_last(told_in):
    text = (
        "У Рильську Курської області безпілотник підпалив підстанцію. "
        "Олександр Богомаз, який керує Брянщиною, каже: у Погарі дрон влучив у машину. Над його регіоном знищено 27 БпЛА."
    )
    assert [p.mention.text for p in told_in(text, "uk")[-1].where] == ["Брянщиною"]


def test_missiles_from_ships_are_no_naval_attack(told_in):
    [draft] = told_in("Ракети з кораблів у Чорному морі влучили в порт Одеси.", "uk")
    assert draft.type == "missile_strike"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Дроны атаковали завод по производству ракетного топлива в Воткинске.", "drone_strike"),
        ("В Харькове дрон попал в школу, ранены двое, занятия завтра пройдут онлайн.", "drone_strike"),
        ("Сапёр подорвался на мине при разминировании поля под Изюмом и погиб.", "landmine"),
        ("Дрон ударил по рынку в Херсоне, а Зеленский призвал союзников ускорить поставки ракет для ПВО.", "drone_strike"),
    ],
)
def test_what_was_done_is_told_whatever_else_its_sentence_speaks_of(told_in, text, kind):
    [draft] = told_in(text, "ru")
    assert draft.type == kind


def test_a_plant_that_makes_missiles_is_no_attack(told_in):
    assert told_in("Завод в Воткинске нарастил производство ракет, а выставка дронов пройдёт в Туле в субботу.", "ru") == []


def test_a_reaction_that_says_who_was_hurt_tells_of_the_attack(told_in):
    [draft] = told_in("Die EU verurteilte den russischen Drohnenangriff auf Kiew, bei dem drei Menschen getötet wurden.", "de")
    assert draft.claims[-1].casualties.killed.best == 3


def test_there_is_the_place_that_was_named_last(told_in):
    text = (
        "Moskau meldete die Einnahme des Dorfes Wosnessenka.\n"
        "In Kupjansk im Gebiet Charkiw verhängten die Behörden eine Ausgangssperre. "
        "Dort hatten russische Kampfflugzeuge Gleitbomben auf ein Wohnviertel abgeworfen."
    )
    assert [p.mention.name for p in told_in(text, "de")[-1].where] == ["Kupjansk"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It was a drill. According to the script a missile had struck a store in Rivne."),
        ("de", "In Luzk wurde der Alarm aufgehoben, ohne dass es Einschläge gegeben hätte."),
        ("de", "Könnten deutsche Raketen die Krim-Brücke zum Einsturz bringen?"),
        ("de", "Ein Treffer auf einen Pfeiler würde den Verkehr nach Sewastopol unterbrechen."),
        ("de", "Moskau droht für diesen Fall mit Gegenschlägen auf Werke in Rumänien."),
        ("de", "Behauptung: Eine Rakete habe das Kernkraftwerk Südukraine getroffen."),
        ("de", "Zu Abschüssen oder Einschlägen kam es nicht, die Maschinen kehrten nach Sawaslejka zurück."),
        ("de", "Heute vor vier Jahren traf eine Rakete das Theater von Mariupol."),
        ("uk", "Канали розганяють допис про нібито влучання дрона в Рівненську АЕС."),
        ("uk", "Сусіди спершу подумали, що в будинок у Броварах влетів «шахед»."),
        ("uk", "Якщо росіянам вдасться підтягти артилерію, Запоріжжя опиниться під обстрілом."),
        ("uk", "На час атаки Румунія закрила аеропорт у Тулчі."),
        ("uk", "Третій сценарій, найменш імовірний, — десант на Кінбурні та обстріл Очакова."),
    ],
)
def test_drills_hoaxes_scenarios_and_anniversaries_are_no_news(told_in, lang, text):
    assert [d for d in told_in(text, lang) if "background" not in d.tags] == []


def test_what_a_drone_hits_is_not_what_comes_through(told_in):
    [draft] = told_in("Дрон уцілив у склад біля Ворожби. Сторож уцілів.", "uk")
    assert (draft.type, draft.claims[-1].casualties.injured.low) == ("drone_strike", 0)


@pytest.mark.parametrize("end", ["wurden von der Flugabwehr abgeschossen", "wurden abgeschossen"])
def test_what_was_shot_down_of_what_was_launched_needs_no_noun(told_in, end):
    [draft] = told_in(f"Russland hat über Nacht 112 Drohnen gestartet. 87 {end}, so die Luftwaffe.", "de")
    assert [(c.counts.launched, c.counts.intercepted) for c in draft.claims][-1] in {(112, 87), (None, 87)}
    assert draft.type == "interception"
