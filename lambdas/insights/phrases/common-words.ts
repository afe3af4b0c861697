/**
 * The words that phrases may be made of. They were written down for this file, from common knowledge of what people say when they
 * call a company: no list of somebody else's is in it, so the licence of this repository holds.
 *
 * What is left out, on purpose, however common it is:
 * - first names, family names, and names of places, companies and products, and points of the compass and words for streets, which
 *   are of addresses;
 * - numbers, also ordinal ones but "first" and "second", days and months, and single letters but "a" and "i": account numbers, dates of birth and
 *   names are spelled with them;
 * - what tells of somebody's health, faith, origin or politics, and swear words.
 *
 * Words that are also names:
 * - First names that the language of calls can spare are left out: mark, grace, hope, faith, joy, rose, dawn, frank, grant, chase, jack,
 *   guy, rich, sue, pat, art, drew, max, miles, penny, angel, summer, april, june, august.
 * - Those without which nothing could be said ("my bill", "will you", "may i") are in {@link alsoFirstNames}: they count where they are
 *   written in lower case alone. A recogniser that writes no capitals cannot tell them from the name; there they count, with no family
 *   name beside them, and a phrase is told only where it is in many calls.
 * - Ordinary words that are rarely a first name (price, page, lock), or are family names too (long, black, banks), count as the words
 *   they are; written with a capital within a sentence, no word counts.
 */

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that phrases need but that say nothing alone: a phrase has at least one other. */
export const functionWords = list(`
  a an the this that these those such some any every each all both either neither no none not only own other another same
  i you he she it we they me him her us them my your his its our their mine yours hers ours theirs
  myself yourself himself herself itself ourselves yourselves themselves
  who whom whose which what when where why how whoever whatever whenever wherever whichever however
  somebody someone something somewhere anybody anyone anything anywhere everybody everyone everything everywhere
  nobody nothing nowhere
  am is are was were be been being do does did done doing have has had having
  can could shall should would might must ought
  will may
  cannot can't couldn't shouldn't wouldn't mightn't mustn't won't don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't ain't
  i'm i've i'll i'd you're you've you'll you'd he's he'll he'd she's she'll she'd it's it'll it'd we're we've we'll we'd
  they're they've they'll they'd that's that'll there's there'll here's what's who's where's when's how's why's let's
  and or but nor so yet if then than because since although though while whereas unless until till whether as
  of in to for on at by from with without within into onto out off up down over under above below between among about around
  across along through during before after behind beside besides beyond near toward towards against despite except per via upon
  back away again still just also too very really quite rather almost already even ever never always often sometimes usually
  maybe perhaps actually basically literally probably definitely certainly obviously absolutely exactly simply
  here there now well like much many more most less least few lot lots bit kind sort enough
  yes yeah yep yup no nope okay ok alright right sure please thanks thank hello hi hey bye goodbye sorry
  gonna wanna gotta kinda sorta anyway anyways else instead
  go goes going went gone get gets getting got gotten come comes coming came let lets letting
  say says saying said tell tells telling told think thinks thinking thought know knows knowing knew known mean means meant
  see sees seeing saw seen look looks looking looked want wants wanting wanted need needs needing needed
  thing things stuff way ways
`);

/** First names that phrases cannot do without, see the decision above. Of them, "bill" says something, the others are function words. */
export const alsoFirstNames = list('bill will may');

/** Words that recognisers write with a capital, or may, wherever they stand. */
export const oftenCapitalised = list("i i'm i've i'll i'd internet wi-fi wifi bluetooth email ok okay");

/** The words that say something. */
const tellingWords = list(`
  bill bills billed billing account accounts balance balances statement statements invoice invoices receipt receipts payment
  payments pay pays paying paid prepaid unpaid overpaid autopay charge charges charged charging overcharge overcharges
  overcharged overcharging surcharge surcharges fee fees price prices priced pricing cost costs costing rate rates amount
  amounts total totals money dollar dollars cent cents pound pounds euro euros cash cheap cheaper cheapest expensive afford
  affordable free refund refunds refunded refunding refundable credit credits credited crediting debit debits debited deposit
  deposits deposited discount discounts discounted coupon coupons voucher vouchers promo promotion promotions promotional deal
  deals offer offers offered offering sale sales bonus reward rewards points tax taxes interest loan loans mortgage lease leases
  installment installments instalment instalments budget income salary rent fine fines penalty late overdue due owe owes owed
  owing collect collects collected collection collections debt debts overdraft transfer transfers transferred transferring
  transaction transactions withdraw withdraws withdrawal withdrawals withdrew withdrawn bank banks banking card cards checking
  check checks checked cheque cheques savings fund funds wire wired pin passcode limit limits limited purchase purchases
  purchased purchasing buy buys buying bought sell sells selling sold spend spending spent save saves saving saved worth order
  orders ordered ordering reorder preorder cart checkout shop shops shopping store stores item items product products package
  packages packaging parcel parcels box boxes shipment shipments ship ships shipped shipping deliver delivers delivered
  delivering delivery deliveries courier driver drivers tracking track tracks tracked arrive arrives arrived arriving arrival
  dispatch dispatched warehouse stock size sizes color colors colour colours exchange exchanges exchanged exchanging return
  returns returned returning replace replaces replaced replacing replacement replacements warranty warranties guarantee
  guarantees guaranteed missing miss missed lost lose loses losing loss stolen steal damage damages damaged broken break breaks
  breaking broke defective faulty fault wrong incorrect incorrectly mistake mistakes error errors duplicate duplicated twice
  double doubled cancel cancels canceled cancelled canceling cancelling cancellation cancellations subscription subscriptions
  subscribe subscribed unsubscribe unsubscribed membership memberships member members contract contracts agreement agreements
  agree agrees agreed renew renews renewed renewing renewal renewals expire expires expired expiring expiration terminate
  terminated termination end ends ended ending stop stops stopped stopping start starts started starting begin begins beginning
  began begun continue continues continued pause paused resume trial trials plan plans planned planning upgrade upgrades
  upgraded upgrading downgrade downgraded downgrading switch switches switched switching change changes changed changing add
  adds added adding addition additional remove removes removed removing keep keeps keeping kept service services support company
  companies customer customers client clients agent agents representative representatives manager managers supervisor
  supervisors person people department departments team staff employee employees technician technicians operator operators
  specialist call calls called calling callback phone phones telephone mobile cell line lines number numbers voicemail message
  messages text texts texted texting email emails emailed emailing mail mailed mailing letter letters chat chats chatted speak
  speaks speaking spoke spoken talk talks talked talking ask asks asked asking answer answers answered answering question
  questions reply replies replied respond responds responded response responses contact contacts contacted contacting reach
  reached reaching explain explains explained explaining explanation hear hears hearing heard listen listening listened hold
  holds holding held wait waits waited waiting queue hang hangs hung connect connects connected connecting connection
  connections disconnect disconnects disconnected disconnecting reconnect reconnected complaint complaints complain complained
  complaining problem problems issue issues trouble troubles concern concerns concerned matter matters situation situations case
  cases ticket tickets claim claims claimed claiming dispute disputes disputed report reports reported reporting resolve
  resolves resolved resolving resolution solve solved solving solution solutions fix fixes fixed fixing repair repairs repaired
  repairing help helps helped helping helpful assist assistance advice advise advised suggest suggested suggestion recommend
  recommended escalate escalated escalation feedback review reviews survey policy policies rule rules terms condition conditions
  legal lawyer court fraud fraudulent scam scams scammed scammer suspicious unauthorized unauthorised authorize authorized
  authorise authorised authorization permission permissions hack hacked hacker security secure secured safe safety protect
  protected protection privacy private identity verify verifies verified verifying verification confirm confirms confirmed
  confirming confirmation confirmations log logs logged logging login logout sign signs signed signing signup password passwords
  username code codes reset resets resetting lock locks locked locking unlock unlocked unlocking access accessed block blocks
  blocked blocking unblock freeze freezes freezing frozen froze suspend suspended suspension restrict restricted close closes
  closed closing open opens opened opening reopen activate activates activated activating activation deactivate deactivated
  enable enabled disable disabled register registered registration enroll enrolled enrollment website websites site sites web
  online offline internet network networks signal coverage wi-fi wifi wireless router routers modem modems bluetooth broadband
  data roaming hotspot fiber fibre cable cables satellite antenna television tv channel channels remote screen screens computer
  computers laptop laptops tablet tablets desktop printer printers device devices equipment machine machines app apps
  application applications software hardware program programs system systems server servers browser page pages link links click
  clicks clicked clicking button buttons press pressed pressing menu option options setting settings setup set sets install
  installs installed installing installation installations uninstall update updates updated updating download downloads
  downloaded downloading upload uploads uploaded uploading file files folder document documents form forms photo photos picture
  pictures video videos camera attachment scan scanned print printed printing copy copies work works worked working run runs
  running ran load loads loaded loading crash crashes crashed crashing restart restarted restarting reboot rebooted power
  powered plug plugged unplug unplugged battery batteries charger wires light lights blinking flashing turn turns turned turning
  fail fails failed failing failure failures drop drops dropped dropping slow slower slowly fast faster quick quickly speed
  speeds outage outages interrupted interruption buffering stuck bug bugs glitch virus noise noisy quiet loud sound sounds
  volume appointment appointments schedule schedules scheduled scheduling reschedule rescheduled rescheduling book books booked
  booking bookings reservation reservations reserve reserved available availability unavailable visit visits visited visiting
  meeting meet slot window date dates time times timing timer hour hours minute minutes day days daily week weeks weekly weekend
  weekends weekday month months monthly year years yearly annual annually today tonight tomorrow yesterday morning afternoon
  evening night noon midnight early earlier later soon sooner ago recently recent last next previous previously current
  currently first second once immediately moment delay delays delayed delaying deadline long longer longest short shorter flight
  flights airline airport hotel hotels room rooms trip trips travel traveling travelling vacation holiday luggage baggage bag
  bags seat seats passenger passengers car cars vehicle vehicles truck drive driving drove insurance insured premium premiums
  cover covers covered covering deductible accident accidents license licence tire tires engine parking gas fuel mileage home
  homes house houses apartment apartments building office offices door doors front garage kitchen bathroom roof floor wall water
  leak leaks leaking heat heating heater cooling air conditioner furnace electric electricity electrical energy meter meters
  reading readings usage used use uses using utility utilities address addresses location locations area local branch branches
  move moves moved moving neighbor neighbors landlord tenant tenants name names information info detail details record records
  recorded recording history profile proof evidence note notes husband wife son daughter mother father mom dad parent parents
  family child children kid kids brother sister friend friends business good better best great perfect fantastic wonderful
  excellent nice happy glad pleased satisfied satisfaction appreciate appreciated bad worse worst terrible horrible awful poor
  unacceptable ridiculous unfair unhappy upset angry mad annoyed annoying frustrated frustrating frustration disappointed
  disappointing disappointment confused confusing confusion worried worry rude polite patient impatient honest dishonest
  unprofessional professional joke nonsense useless waste wasted wasting disgusting shocked surprised surprise tired fed big
  bigger biggest small smaller large larger huge little high higher highest low lower lowest full empty half whole part parts
  extra new newer old older different similar correct correctly proper properly true false clear clearly unclear easy easier
  easily hard harder difficult simple possible impossible important urgent emergency necessary ready able unable special
  specific certain particular regular normal normally basic standard original official valid invalid active inactive automatic
  automatically manual manually separate separately together alone single multiple several couple pair dozen percent percentage
  average minimum maximum exact rest entire complete completely completed totally red blue green black white yellow orange hot
  cold warm cool wet dry dirty clean cleaned cleaning give gives giving gave given take takes taking took taken make makes
  making made put puts putting bring brings bringing brought send sends sending sent resend resent receive receives receiving
  received accept accepts accepted accepting reject rejected deny denied denies decline declines declined refuse refuses refused
  approve approves approved approval pending process processes processed processing submit submits submitted submitting apply
  applies applied applying request requests requested requesting require requires required requirement requirements provide
  provides provided providing provider providers show shows showed showing shown find finds finding found search searched
  searching try tries tried trying happen happens happened happening leave leaves leaving left stay stays stayed staying live
  lives lived living feel feels feeling felt believe believes believed understand understands understanding understood remember
  remembers remembered forget forgot forgotten expect expects expected expecting promise promises promised decide decided
  decision choose chooses chose chosen choice choices prefer preferred consider considered care cares cared handle handled
  handling allow allows allowed allowing follow follows followed following pick picks picked picking pull pulled push pushed
  throw threw cut cuts cutting hit catch caught fill filled write writes writing wrote written read type typed typing enter
  entered entering select selected appear appears appeared disappear disappeared notice noticed notify notified notification
  notifications alert alerts reminder reminders remind advertise advertised advertising advertisement ad ads flyer quote quotes
  quoted estimate estimated compare compared match matched matches qualify qualified qualifies eligible benefit benefits
  entitled include includes included including exclude excluded attach attached belong belongs owned owner owners increase
  increases increased increasing raise raised raises decrease decreased reduce reduced reduces reduction adjust adjusted
  adjustment adjustments calculate calculated waive waived waiver refills test tests tested testing wonder wondering hoping
  finish finished quit won job jobs school university class course courses student students reason reasons cause causes caused
  result results idea ideas fact facts example point side place places top bottom inside outside step steps level list lists
  group brand model version serial label labels barcode gift gifts present food meal meals coffee table pizza restaurant
  groceries grocery shoes shirt dress jacket clothes clothing furniture bed mattress sofa couch chair fridge refrigerator
  freezer washer dryer dishwasher oven stove microwave speaker speakers headphones headset keyboard mouse monitor cord adapter
  filter glass plastic metal paper world country state government public word words sense language story truth lie lied lying
  liar apologize apologized apology apologies excuse excuses blame attitude respect trust trusted loyal loyalty competitor
  competitors competition elsewhere
`);

/** Every word that a phrase may have. */
export const commonWords: ReadonlySet<string> = new Set([...functionWords, ...tellingWords]);
