<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
    <context>
        <name>BringInScreen</name>
        <message>
            <source>Import</source>
            <translation>Import</translation>
        </message>
        <message>
            <source>Choose an archive in the inbox.</source>
            <translation>Choisissez une archive dans la boîte d’arrivée.</translation>
        </message>
        <message>
            <source>Inbox</source>
            <translation>Boîte d’arrivée</translation>
        </message>
        <message>
            <source>What is in it</source>
            <translation>Ce qu’elle contient</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%Ln fichier</numerusform>
                <numerusform>%Ln fichiers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n other file(s), kept whole or left out; the account says which.</source>
            <translation>
                <numerusform>%Ln autre fichier, gardé entier ou écarté ; le compte rendu le dira.</numerusform>
                <numerusform>%Ln autres fichiers, gardés entiers ou écartés ; le compte rendu le dira.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing has been written yet. What you import stays encrypted in your vault; you can undo it.</source>
            <translation>Rien n’est encore écrit. Ce que vous importez reste chiffré dans votre coffre. Vous pourrez l’annuler.</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Pas maintenant</translation>
        </message>
        <message>
            <source>Import now</source>
            <translation>Importer</translation>
        </message>
        <message>
            <source>Beginning…</source>
            <translation>Démarrage…</translation>
        </message>
        <message>
            <source>Progress of the import</source>
            <translation>Avancement de l’import</translation>
        </message>
        <message>
            <source>You can go on with something else: the import continues. Pause and Cancel are below.</source>
            <translation>Vous pouvez faire autre chose : l’import continue. Pause et Annuler sont en bas.</translation>
        </message>
        <message>
            <source>This import was undone. Nothing of it is left in the vault.</source>
            <translation>Cet import a été annulé. Il n’en reste rien dans le coffre.</translation>
        </message>
        <message>
            <source>{known} were known already.</source>
            <translation>{known} étaient déjà connus.</translation>
        </message>
        <message>
            <source>Done. {new} new facts.</source>
            <translation>Terminé. {new} faits nouveaux.</translation>
        </message>
        <message>
            <source>From {first} to {last}.</source>
            <translation>Du {first} au {last}.</translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) or organisation(s)</source>
            <translation>
                <numerusform>%Ln personne ou organisme</numerusform>
                <numerusform>%Ln personnes ou organismes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) could not be read:</source>
            <translation>
                <numerusform>%Ln chose n’a pas pu être lue :</numerusform>
                <numerusform>%Ln choses n’ont pas pu être lues :</numerusform>
            </translation>
        </message>
        <message>
            <source>What could not be read</source>
            <translation>Ce qui n’a pas pu être lu</translation>
        </message>
        <message>
            <source>See the timeline</source>
            <translation>Voir la frise</translation>
        </message>
        <message>
            <source>See the charts</source>
            <translation>Voir les graphiques</translation>
        </message>
        <message>
            <source>Undo this import</source>
            <translation>Annuler cet import</translation>
        </message>
        <message>
            <source>Files inside: {read} read, {skipped} left out on purpose, {kept} kept whole, {unknown} not understood.</source>
            <translation>Fichiers contenus : {read} lus, {skipped} écartés exprès, {kept} gardés entiers, {unknown} non compris.</translation>
        </message>
        <message>
            <source>Import {source}</source>
            <translation>Import {source}</translation>
        </message>
        <message>
            <source>{percent} %, {count} facts</source>
            <translation>{percent} %, {count} faits</translation>
        </message>
        <message>
            <source>Reading: {name}</source>
            <translation>Lecture : {name}</translation>
        </message>
        <message>
            <source>Undo the import {source}</source>
            <translation>Annulation de l’import {source}</translation>
        </message>
    </context>
    <context>
        <name>BucketModel</name>
        <message>
            <source>Period</source>
            <translation>Période</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Valeur</translation>
        </message>
        <message>
            <source>A year before</source>
            <translation>Un an avant</translation>
        </message>
        <message>
            <source>Known</source>
            <translation>Part connue</translation>
        </message>
    </context>
    <context>
        <name>ChartsScreen</name>
        <message>
            <source>Question</source>
            <translation>Question</translation>
        </message>
        <message>
            <source>Charts</source>
            <translation>Graphiques</translation>
        </message>
        <message>
            <source>Half-hour</source>
            <translation>Demi-heure</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Month</source>
            <translation>Mois</translation>
        </message>
        <message>
            <source>Year</source>
            <translation>Année</translation>
        </message>
        <message>
            <source>Hours and days</source>
            <translation>Heures et jours</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>Plus tôt</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Plus tard</translation>
        </message>
        <message>
            <source>See the table</source>
            <translation>Voir le tableau</translation>
        </message>
        <message>
            <source>Image…</source>
            <translation>Image…</translation>
        </message>
        <message>
            <source>Charts will appear here.</source>
            <translation>Les graphiques apparaîtront ici.</translation>
        </message>
        <message>
            <source>Electricity comes with the file of Enedis, listening with Spotify, watching with Netflix.</source>
            <translation>L’électricité vient avec le fichier d’Enedis, les écoutes avec Spotify, les films avec Netflix.</translation>
        </message>
        <message>
            <source>Bring in a first archive</source>
            <translation>Importer une première archive</translation>
        </message>
        <message>
            <source>this period</source>
            <translation>cette période</translation>
        </message>
        <message>
            <source>a year before</source>
            <translation>un an avant</translation>
        </message>
        <message>
            <source>Dark means much, light means little, empty means unknown.</source>
            <translation>Foncé : beaucoup. Clair : peu. Vide : inconnu.</translation>
        </message>
        <message>
            <source>{known} of {all} periods are known; the others are left empty.</source>
            <translation>{known} périodes sur {all} sont connues. Les autres restent vides.</translation>
        </message>
        <message>
            <source>See the picture</source>
            <translation>Voir l’image</translation>
        </message>
        <message>
            <source>Save the chart</source>
            <translation>Enregistrer le graphique</translation>
        </message>
        <message>
            <source>Saving the chart</source>
            <translation>Enregistrement du graphique</translation>
        </message>
        <message>
            <source>The chart was saved.</source>
            <translation>Le graphique est enregistré.</translation>
        </message>
    </context>
    <context>
        <name>Chips</name>
        <message>
            <source>Remove the filter {name}</source>
            <translation>Retirer le filtre {name}</translation>
        </message>
    </context>
    <context>
        <name>FactModel</name>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Heure</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Type</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Quoi</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Source</translation>
        </message>
        <message>
            <source>undated</source>
            <translation>sans date</translation>
        </message>
    </context>
    <context>
        <name>Frame</name>
        <message>
            <source>Navigation</source>
            <translation>Navigation</translation>
        </message>
        <message>
            <source>Display</source>
            <translation>Affichage</translation>
        </message>
        <message>
            <source>Display: language, colours, text size</source>
            <translation>Affichage : langue, couleurs, taille du texte</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Comme le système</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Clair</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Sombre</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Couleurs</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Taille du texte</translation>
        </message>
        <message>
            <source>Search my data</source>
            <translation>Chercher dans mes données</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation>Hors ligne</translation>
        </message>
        <message>
            <source>This program cannot use the network. Your data stays on this computer.</source>
            <translation>Ce programme ne peut pas utiliser le réseau. Vos données restent sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>Lock the vault</source>
            <translation>Verrouiller le coffre</translation>
        </message>
        <message>
            <source>Lock the vault at once (Ctrl+L)</source>
            <translation>Verrouiller le coffre tout de suite (Ctrl+L)</translation>
        </message>
        <message numerus="yes">
            <source>{title}, %n waiting</source>
            <translation>
                <numerusform>{title}, %Ln en attente</numerusform>
                <numerusform>{title}, %Ln en attente</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>HomeScreen</name>
        <message>
            <source>Home</source>
            <translation>Accueil</translation>
        </message>
        <message>
            <source>How full each month is</source>
            <translation>Ce que contient chaque mois</translation>
        </message>
        <message numerus="yes">
            <source>source(s)</source>
            <translation>
                <numerusform>source</numerusform>
                <numerusform>sources</numerusform>
            </translation>
        </message>
        <message>
            <source>facts</source>
            <translation>faits</translation>
        </message>
        <message>
            <source>measurements</source>
            <translation>mesures</translation>
        </message>
        <message>
            <source>years</source>
            <translation>années</translation>
        </message>
        <message>
            <source>On this day</source>
            <translation>Ce jour-là</translation>
        </message>
        <message>
            <source>Next step: bring in a first archive.</source>
            <translation>Prochaine étape : importer une première archive.</translation>
        </message>
        <message>
            <source>A file from Google, Enedis, Netflix, Spotify or Apple Health is a good beginning.</source>
            <translation>Un fichier de Google, Enedis, Netflix, Spotify ou Apple Santé est un bon début.</translation>
        </message>
        <message>
            <source>Bring in a first archive</source>
            <translation>Importer une première archive</translation>
        </message>
        <message>
            <source>Next step: look at your days.</source>
            <translation>Prochaine étape : regarder vos journées.</translation>
        </message>
        <message>
            <source>See the timeline</source>
            <translation>Voir la frise</translation>
        </message>
        <message>
            <source>Next step: your archive of {source} has arrived ({size}).</source>
            <translation>Prochaine étape : votre archive {source} est arrivée ({size}).</translation>
        </message>
        <message>
            <source>See and import</source>
            <translation>Voir et importer</translation>
        </message>
    </context>
    <context>
        <name>InboxScreen</name>
        <message>
            <source>Inbox</source>
            <translation>Boîte d’arrivée</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) found. Nothing is opened without your consent.</source>
            <translation>
                <numerusform>%Ln fichier trouvé. Rien n’est ouvert sans votre accord.</numerusform>
                <numerusform>%Ln fichiers trouvés. Rien n’est ouvert sans votre accord.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing has arrived yet.</source>
            <translation>Rien n’est encore arrivé.</translation>
        </message>
        <message>
            <source>Watched folder: {place}</source>
            <translation>Dossier surveillé : {place}</translation>
        </message>
        <message>
            <source>No folder is watched.</source>
            <translation>Aucun dossier n’est surveillé.</translation>
        </message>
        <message>
            <source>Drop a file or folder here that you received from a service.</source>
            <translation>Déposez ici un fichier ou un dossier reçu d’un service.</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>Choisir un fichier…</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>Choisir un dossier…</translation>
        </message>
        <message>
            <source>Where do such files come from?</source>
            <translation>D’où viennent ces fichiers ?</translation>
        </message>
        <message>
            <source>Watch</source>
            <translation>Suivre</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Compte rendu</translation>
        </message>
        <message>
            <source>Ignore</source>
            <translation>Ignorer</translation>
        </message>
        <message>
            <source>See and import</source>
            <translation>Voir et importer</translation>
        </message>
        <message>
            <source>Not recognised</source>
            <translation>Non reconnu</translation>
        </message>
        <message>
            <source>Nobody here can read this file yet. It can be kept whole, as a document.</source>
            <translation>Personne ici ne sait encore lire ce fichier. Il peut être gardé entier, comme document.</translation>
        </message>
        <message>
            <source>Imported: {new} new, {known} known already.</source>
            <translation>Importé : {new} nouveaux, {known} déjà connus.</translation>
        </message>
        <message>
            <source>Recognised: {known} of {all} files inside.</source>
            <translation>Reconnu : {known} des {all} fichiers contenus.</translation>
        </message>
        <message>
            <source>Being looked at…</source>
            <translation>En cours d’examen…</translation>
        </message>
        <message>
            <source>Being imported…</source>
            <translation>En cours d’import…</translation>
        </message>
        <message>
            <source>This import was undone.</source>
            <translation>Cet import a été annulé.</translation>
        </message>
        <message>
            <source>Files received from a service</source>
            <translation>Fichiers reçus d’un service</translation>
        </message>
        <message>
            <source>Folder received from a service</source>
            <translation>Dossier reçu d’un service</translation>
        </message>
    </context>
    <context>
        <name>JobRow</name>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message numerus="yes">
            <source>%n fact(s)</source>
            <translation>
                <numerusform>%Ln fait</numerusform>
                <numerusform>%Ln faits</numerusform>
            </translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Stopping: {title}</source>
            <translation>Arrêt : {title}</translation>
        </message>
        <message numerus="yes">
            <source>about %n second(s) left</source>
            <translation>
                <numerusform>encore %Ln seconde environ</numerusform>
                <numerusform>encore %Ln secondes environ</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n minute(s) left</source>
            <translation>
                <numerusform>encore %Ln minute environ</numerusform>
                <numerusform>encore %Ln minutes environ</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JobsBar</name>
        <message>
            <source>Work in progress</source>
            <translation>Travaux en cours</translation>
        </message>
    </context>
    <context>
        <name>MonthStrip</name>
        <message>
            <source>Months {span}: {parts}</source>
            <translation>Mois {span} : {parts}</translation>
        </message>
    </context>
    <context>
        <name>RescueSheet</name>
        <message>
            <source>rescue-sheet.pdf</source>
            <translation>feuille-de-secours.pdf</translation>
        </message>
        <message>
            <source>Save the rescue sheet</source>
            <translation>Enregistrer la feuille de secours</translation>
        </message>
        <message>
            <source>Rescue sheet</source>
            <translation>Feuille de secours</translation>
        </message>
        <message>
            <source>Rescue sheet of my data vault</source>
            <translation>Feuille de secours de mon coffre de données</translation>
        </message>
        <message>
            <source>Folder: {name}. Sheet of {date}.</source>
            <translation>Dossier : {name}. Feuille du {date}.</translation>
        </message>
        <message>
            <source>This code opens the vault without the passphrase:</source>
            <translation>Ce code ouvre le coffre sans la phrase de passe :</translation>
        </message>
        <message>
            <source>Keep this sheet on paper, away from the computer: at home in a safe place, or with somebody you trust. Whoever has this code and the vault can read everything. Do not leave copies on a public printer.</source>
            <translation>Gardez cette feuille sur papier, loin de l’ordinateur : chez vous en lieu sûr, ou chez une personne de confiance. Qui possède ce code et le coffre peut tout lire. Ne laissez pas de copie sur une imprimante publique.</translation>
        </message>
        <message>
            <source>To use it: start the program, choose the vault, tick « I forgot my passphrase ».</source>
            <translation>Pour l’utiliser : ouvrez le programme, choisissez le coffre, cochez « J’ai oublié ma phrase de passe ».</translation>
        </message>
        <message>
            <source>If the vault's header files are lost as well, this block is needed too:</source>
            <translation>Si les fichiers d’en-tête du coffre sont perdus aussi, ce bloc est nécessaire :</translation>
        </message>
    </context>
    <context>
        <name>SearchScreen</name>
        <message>
            <source>Words, a name, a place… « two words » together</source>
            <translation>Des mots, un nom, un lieu… "deux mots" ensemble</translation>
        </message>
        <message>
            <source>Words to find</source>
            <translation>Mots à chercher</translation>
        </message>
        <message>
            <source>Facts found, newest first</source>
            <translation>Faits trouvés, du plus récent au plus ancien</translation>
        </message>
        <message>
            <source>The fact in full</source>
            <translation>Le fait en entier</translation>
        </message>
        <message>
            <source>Choose a fact in the list to read all that is known of it.</source>
            <translation>Choisissez un fait dans la liste pour lire tout ce qu’on en sait.</translation>
        </message>
        <message>
            <source>Share what I see</source>
            <translation>Partager ce que je vois</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Recherche</translation>
        </message>
        <message numerus="yes">
            <source>%n fact(s)</source>
            <translation>
                <numerusform>%Ln fait</numerusform>
                <numerusform>%Ln faits</numerusform>
            </translation>
        </message>
        <message>
            <source>Kinds</source>
            <translation>Types</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>Sources</translation>
        </message>
        <message>
            <source>Nothing found. Try without the filters above, or with fewer words.</source>
            <translation>Rien trouvé. Essayez sans les filtres du haut, ou avec moins de mots.</translation>
        </message>
        <message>
            <source>Nothing found. Try fewer words, or only the beginning of a word.</source>
            <translation>Rien trouvé. Essayez moins de mots, ou seulement le début d’un mot.</translation>
        </message>
        <message>
            <source>Nothing here yet. Bring in an archive from the inbox.</source>
            <translation>Rien ici pour l’instant. Importez une archive depuis la boîte d’arrivée.</translation>
        </message>
    </context>
    <context>
        <name>ShareScreen</name>
        <message>
            <source>Share</source>
            <translation>Partager</translation>
        </message>
        <message>
            <source>1. What do you want to take out?</source>
            <translation>1. Que voulez-vous sortir du coffre ?</translation>
        </message>
        <message>
            <source>Everything that is in the vault</source>
            <translation>Tout ce que contient le coffre</translation>
        </message>
        <message>
            <source>To take out less, choose a span in the timeline, or a kind or source in the search.</source>
            <translation>Pour en sortir moins, choisissez une période dans la frise, ou un type ou une source dans la recherche.</translation>
        </message>
        <message>
            <source>2. In which form?</source>
            <translation>2. Sous quelle forme ?</translation>
        </message>
        <message>
            <source>3. To which folder?</source>
            <translation>3. Dans quel dossier ?</translation>
        </message>
        <message>
            <source>No folder chosen yet.</source>
            <translation>Aucun dossier choisi.</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>Choisir un dossier…</translation>
        </message>
        <message>
            <source>Check before it leaves</source>
            <translation>Vérifier avant de sortir</translation>
        </message>
        <message numerus="yes">
            <source>%n fact(s)</source>
            <translation>
                <numerusform>%Ln fait</numerusform>
                <numerusform>%Ln faits</numerusform>
            </translation>
        </message>
        <message>
            <source>To a new folder in: {place}</source>
            <translation>Dans un nouveau dossier de : {place}</translation>
        </message>
        <message>
            <source>These files will not be encrypted: whoever finds them can read them. The vault keeps a note of it.</source>
            <translation>Ces fichiers ne seront pas chiffrés : qui les trouve peut les lire. Le coffre en garde la trace.</translation>
        </message>
        <message>
            <source>The first lines, exactly as they will be written:</source>
            <translation>Les premières lignes, telles qu’elles seront écrites :</translation>
        </message>
        <message>
            <source>The first lines, exactly as they will be written</source>
            <translation>Les premières lignes, telles qu’elles seront écrites</translation>
        </message>
        <message>
            <source>Write the files</source>
            <translation>Écrire les fichiers</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Done. Your files are here:</source>
            <translation>Terminé. Vos fichiers sont ici :</translation>
        </message>
        <message numerus="yes">
            <source>%n line(s)</source>
            <translation>
                <numerusform>%Ln ligne</numerusform>
                <numerusform>%Ln lignes</numerusform>
            </translation>
        </message>
        <message>
            <source>Share something else</source>
            <translation>Partager autre chose</translation>
        </message>
        <message>
            <source>Folder for the files</source>
            <translation>Dossier pour les fichiers</translation>
        </message>
        <message>
            <source>Counting what would leave</source>
            <translation>Calcul de ce qui sortirait</translation>
        </message>
        <message>
            <source>Writing the files</source>
            <translation>Écriture des fichiers</translation>
        </message>
    </context>
    <context>
        <name>TimelineScreen</name>
        <message>
            <source>Facts of the visible span, newest first</source>
            <translation>Faits de la période visible, du plus récent au plus ancien</translation>
        </message>
        <message>
            <source>The fact in full</source>
            <translation>Le fait en entier</translation>
        </message>
        <message>
            <source>Choose a fact in the list to read all that is known of it.</source>
            <translation>Choisissez un fait dans la liste pour lire tout ce qu’on en sait.</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Frise</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>Plus tôt</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Plus tard</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Zoom avant</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Zoom arrière</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Tout</translation>
        </message>
        <message>
            <source>Share what I see</source>
            <translation>Partager ce que je vois</translation>
        </message>
        <message>
            <source>Bring in a first archive</source>
            <translation>Importer une première archive</translation>
        </message>
        <message>
            <source>Your days will appear here, as soon as an archive with dates is in the vault.</source>
            <translation>Vos journées apparaîtront ici, dès qu’une archive avec des dates sera dans le coffre.</translation>
        </message>
        <message>
            <source>Nothing dated fits this choice. Remove a filter above.</source>
            <translation>Rien de daté ne correspond à ce choix. Retirez un filtre en haut.</translation>
        </message>
        <message>
            <source>Timeline, {span}: {most}</source>
            <translation>Frise, {span} : {most}</translation>
        </message>
    </context>
    <context>
        <name>Unlock</name>
        <message>
            <source>Open my vault</source>
            <translation>Ouvrir mon coffre</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>Phrase de passe</translation>
        </message>
        <message>
            <source>Show what I type</source>
            <translation>Voir ce que j’écris</translation>
        </message>
        <message>
            <source>Try as AZERTY or QWERTY</source>
            <translation>Essayer en AZERTY ou QWERTY</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Ouvrir</translation>
        </message>
        <message>
            <source>I forgot my passphrase</source>
            <translation>J’ai oublié ma phrase de passe</translation>
        </message>
        <message>
            <source>Open another vault…</source>
            <translation>Ouvrir un autre coffre…</translation>
        </message>
        <message>
            <source>New vault, or try first</source>
            <translation>Nouveau coffre, ou essayer</translation>
        </message>
        <message>
            <source>Folder: {place}</source>
            <translation>Dossier : {place}</translation>
        </message>
        <message>
            <source>No vault chosen yet.</source>
            <translation>Aucun coffre choisi.</translation>
        </message>
        <message>
            <source>Rescue code (8 groups of 4)</source>
            <translation>Code de secours (8 groupes de 4)</translation>
        </message>
        <message>
            <source>Folder of the vault</source>
            <translation>Dossier du coffre</translation>
        </message>
        <message numerus="yes">
            <source>Wait %n second(s)</source>
            <translation>
                <numerusform>Attendez %Ln seconde</numerusform>
                <numerusform>Attendez %Ln secondes</numerusform>
            </translation>
        </message>
        <message>
            <source>Opening…</source>
            <translation>Ouverture…</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>Step {n} of {all}</source>
            <translation>Étape {n} sur {all}</translation>
        </message>
        <message>
            <source>Your data, at home.</source>
            <translation>Vos données, chez vous.</translation>
        </message>
        <message>
            <source>Services hand you your data in files. Put those files here: your vault keeps them encrypted on this computer and shows you what they say. Nothing goes to the Internet.</source>
            <translation>Les services vous remettent vos données dans des fichiers. Mettez-les ici : votre coffre les garde chiffrés sur cet ordinateur, et vous montre ce qu’ils disent. Rien ne part sur Internet.</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Where shall the vault be? A folder on this computer or on your USB key.</source>
            <translation>Où mettre le coffre ? Un dossier de cet ordinateur ou de votre clé USB.</translation>
        </message>
        <message>
            <source>Folder of the new vault</source>
            <translation>Dossier du nouveau coffre</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Changer…</translation>
        </message>
        <message>
            <source>Make my vault</source>
            <translation>Créer mon coffre</translation>
        </message>
        <message>
            <source>Try with Camille's data (invented)</source>
            <translation>Essayer avec Camille (inventée)</translation>
        </message>
        <message>
            <source>I have a vault</source>
            <translation>J’ai un coffre</translation>
        </message>
        <message>
            <source>Choose a passphrase</source>
            <translation>Choisissez une phrase de passe</translation>
        </message>
        <message>
            <source>Only this phrase opens the vault. We do not know it and cannot find it again for you.</source>
            <translation>Seule cette phrase ouvre le coffre. Nous ne la connaissons pas et ne pourrons pas la retrouver pour vous.</translation>
        </message>
        <message>
            <source>Draw a phrase for me</source>
            <translation>Tirer une phrase au hasard</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>Phrase de passe</translation>
        </message>
        <message>
            <source>The same once more</source>
            <translation>La même encore une fois</translation>
        </message>
        <message>
            <source>Show what I type</source>
            <translation>Voir ce que j’écris</translation>
        </message>
        <message>
            <source>Strength: {grade}</source>
            <translation>Force : {grade}</translation>
        </message>
        <message>
            <source>Make the vault</source>
            <translation>Créer le coffre</translation>
        </message>
        <message>
            <source>Keep your rescue code</source>
            <translation>Gardez votre code de secours</translation>
        </message>
        <message>
            <source>This code opens the vault if you forget the passphrase. Write it on paper, or print the sheet, and keep it away from this computer. It is shown only now. Without the phrase and without the code, nobody can open the vault.</source>
            <translation>Ce code ouvre le coffre si vous oubliez la phrase de passe. Écrivez-le sur papier, ou imprimez la feuille, et gardez-le loin de cet ordinateur. Il n’est montré que maintenant. Sans la phrase et sans le code, personne ne peut ouvrir le coffre.</translation>
        </message>
        <message>
            <source>Rescue code</source>
            <translation>Code de secours</translation>
        </message>
        <message>
            <source>I have written it down, printed it or saved it</source>
            <translation>Je l’ai noté, imprimé ou enregistré</translation>
        </message>
        <message>
            <source>Print the sheet…</source>
            <translation>Imprimer la feuille…</translation>
        </message>
        <message>
            <source>Save the sheet…</source>
            <translation>Enregistrer la feuille…</translation>
        </message>
        <message>
            <source>Later, and I know the risk</source>
            <translation>Plus tard, et je connais le risque</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Where do your downloads arrive?</source>
            <translation>Où arrivent vos téléchargements ?</translation>
        </message>
        <message>
            <source>The vault can look at the names of new files there and tell you when it knows one. It opens nothing by itself.</source>
            <translation>Le coffre peut regarder le nom des nouveaux fichiers et vous dire quand il en connaît un. Il n’ouvre rien tout seul.</translation>
        </message>
        <message>
            <source>Watch this folder:</source>
            <translation>Surveiller ce dossier :</translation>
        </message>
        <message>
            <source>Another folder…</source>
            <translation>Un autre dossier…</translation>
        </message>
        <message>
            <source>Open my vault</source>
            <translation>Ouvrir mon coffre</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Where shall the vault be?</source>
            <translation>Où mettre le coffre ?</translation>
        </message>
        <message>
            <source>Folder to watch</source>
            <translation>Dossier à surveiller</translation>
        </message>
        <message>
            <source>Preparing Camille's archives: {n} of {all}</source>
            <translation>Préparation des archives de Camille : {n} sur {all}</translation>
        </message>
        <message>
            <source>Preparing Camille's archives…</source>
            <translation>Préparation des archives de Camille…</translation>
        </message>
    </context>
</TS>
