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
    <message>
        <source>Which files are read</source>
        <translation>Quels fichiers sont lus</translation>
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
        <source>It is read with a recipe that your vault keeps.</source>
        <translation>Il est lu avec une recette que garde votre coffre.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>Voir le contenu</translation>
    </message>
    <message>
        <source>See my recipes</source>
        <translation>Voir mes recettes</translation>
    </message>
    <message>
        <source>Import now</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>“About” is an estimate, from the beginning of each file. The account gives the exact numbers.</source>
        <translation>«&#xa0;Environ&#xa0;» est une estimation, d’après le début de chaque fichier. Le compte rendu donnera les nombres exacts.</translation>
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
    <name>ClosingReport</name>
    <message>
        <source>What stays on this computer</source>
        <translation>Ce qui reste sur cet ordinateur</translation>
    </message>
    <message>
        <source>Vault: {name}. Report of {date}.</source>
        <translation>Coffre&#xa0;: {name}. Rapport du {date}.</translation>
    </message>
    <message>
        <source>The system itself notes, and no program can prevent it: that this program ran and when, that a key was plugged in, what your browser downloaded, and pieces of memory that it moved to the disk.</source>
        <translation>Le système lui-même note, et aucun programme ne peut l’empêcher&#xa0;: que ce programme a tourné et quand, qu’une clé a été branchée, ce que votre navigateur a téléchargé, et des morceaux de mémoire qu’il a mis sur le disque.</translation>
    </message>
    <message>
        <source>For you to do before you leave:</source>
        <translation>À faire avant de partir&#xa0;:</translation>
    </message>
    <message>
        <source>Sign out of the services that you opened in the browser.</source>
        <translation>Déconnectez-vous des services que vous avez ouverts dans le navigateur.</translation>
    </message>
    <message>
        <source>Empty the browser&apos;s list of downloads, or its history.</source>
        <translation>Videz la liste des téléchargements du navigateur, ou son historique.</translation>
    </message>
    <message>
        <source>Delete the archives from the download folder and from the bin. They are not encrypted.</source>
        <translation>Effacez les archives du dossier des téléchargements et de la corbeille. Elles ne sont pas chiffrées.</translation>
    </message>
    <message>
        <source>Lock the vault, then eject your key before you pull it out.</source>
        <translation>Verrouillez le coffre, puis éjectez votre clé avant de la retirer.</translation>
    </message>
    <message>
        <source>On memory keys and fast disks deleted files can sometimes be found again by specialists. Writing over them does not help there.</source>
        <translation>Sur les clés et les disques rapides, des spécialistes retrouvent parfois des fichiers effacés. Écrire par-dessus n’y change rien.</translation>
    </message>
    <message>
        <source>Left by this program outside the vault folder: nothing.</source>
        <translation>Laissé par ce programme hors du dossier du coffre&#xa0;: rien.</translation>
    </message>
    <message>
        <source>Made or changed outside the vault folder since the start, to be looked at:</source>
        <translation>Créé ou modifié hors du dossier du coffre depuis le début, à regarder&#xa0;:</translation>
    </message>
</context>
<context>
    <name>CodeShown</name>
    <message>
        <source>Rescue code</source>
        <translation>Code de secours</translation>
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
        <source>Copy the code</source>
        <translation>Copier le code</translation>
    </message>
</context>
<context>
    <name>Damaged</name>
    <message>
        <source>My vault is damaged</source>
        <translation>Mon coffre est abîmé</translation>
    </message>
    <message>
        <source>First copy the whole folder to another disk: whatever happens then, you can begin again. If you have a backup, go back and open it: nothing is missing there but what came later.</source>
        <translation>Copiez d’abord le dossier entier sur un autre disque&#xa0;: quoi qu’il arrive ensuite, vous pourrez recommencer. Si vous avez une sauvegarde, revenez en arrière et ouvrez-la&#xa0;: il n’y manque que ce qui est venu après.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>Dossier&#xa0;:</translation>
    </message>
    <message>
        <source>The header of this vault is whole: its passphrase or its rescue code opens it. If it does not open all the same, or Verify found damage, save what can be read.</source>
        <translation>L’en-tête de ce coffre est entier&#xa0;: la phrase de passe ou le code de secours l’ouvre. S’il ne s’ouvre pas malgré cela, ou si la vérification a trouvé un dommage, sauvez ce qui se lit.</translation>
    </message>
    <message>
        <source>Both header files are lost or damaged. The rescue sheet replaces them.</source>
        <translation>Les deux fichiers d’en-tête sont perdus ou abîmés. La feuille de secours les remplace.</translation>
    </message>
    <message>
        <source>The file that holds the facts is not in this folder. Only a backup helps.</source>
        <translation>Le fichier qui contient les faits n’est pas dans ce dossier. Seule une sauvegarde peut aider.</translation>
    </message>
</context>
<context>
    <name>DriftNote</name>
    <message numerus="yes">
        <source>This archive has %n field(s) that this version did not know. They are kept.</source>
        <translation>
            <numerusform>Cette archive a %n champ que cette version ne connaissait pas. Il est gardé.</numerusform>
            <numerusform>Cette archive a %n champs que cette version ne connaissait pas. Ils sont gardés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) that usually come did not come.</source>
        <translation>
            <numerusform>%n champ qui vient d’habitude n’est pas venu.</numerusform>
            <numerusform>%n champs qui viennent d’habitude ne sont pas venus.</numerusform>
        </translation>
    </message>
    <message>
        <source>You can help: a text about the change holds names of fields and rounded numbers, and nothing of yours. Read it, save it, and give it to those who make the application.</source>
        <translation>Vous pouvez aider&#xa0;: un texte sur ce changement contient des noms de champs et des nombres arrondis, et rien de vos données. Lisez-le, enregistrez-le, et donnez-le à ceux qui font l’application.</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Ce qui a changé</translation>
    </message>
    <message>
        <source>Save this text…</source>
        <translation>Enregistrer ce texte…</translation>
    </message>
    <message>
        <source>See what changed</source>
        <translation>Voir ce qui a changé</translation>
    </message>
    <message>
        <source>changed-fields.toml</source>
        <translation>champs-changes.toml</translation>
    </message>
    <message>
        <source>Save this text</source>
        <translation>Enregistrer ce texte</translation>
    </message>
    <message>
        <source>Text (*.toml)</source>
        <translation>Texte (*.toml)</translation>
    </message>
    <message>
        <source>The text is saved.</source>
        <translation>Le texte est enregistré.</translation>
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
        <source>Hide words and numbers (others see the screen)</source>
        <translation>Cacher mots et nombres (d’autres voient l’écran)</translation>
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
    <name>FromSheet</name>
    <message>
        <source>Bring it back with the rescue sheet</source>
        <translation>Le faire revenir avec la feuille de secours</translation>
    </message>
    <message>
        <source>Rescue code (8 groups of 4)</source>
        <translation>Code de secours (8 groupes de 4)</translation>
    </message>
    <message>
        <source>Small print of the sheet (156 characters; spaces do not matter)</source>
        <translation>Petits caractères de la feuille (156 caractères&#xa0;; les espaces ne comptent pas)</translation>
    </message>
    <message>
        <source>Bring the vault back</source>
        <translation>Faire revenir le coffre</translation>
    </message>
    <message>
        <source>Open my vault</source>
        <translation>Ouvrir mon coffre</translation>
    </message>
    <message>
        <source>The headers are being written anew…</source>
        <translation>Les en-têtes sont récrits…</translation>
    </message>
    <message>
        <source>This code does not open this vault: a newer sheet was made since. Look for that one.</source>
        <translation>Ce code n’ouvre pas ce coffre&#xa0;: une feuille plus récente a été faite depuis. Cherchez celle-là.</translation>
    </message>
    <message>
        <source>No file of this folder opens with this sheet. Use a backup.</source>
        <translation>Aucun fichier de ce dossier ne s’ouvre avec cette feuille. Utilisez une sauvegarde.</translation>
    </message>
</context>
<context>
    <name>HalfNote</name>
    <message>
        <source>Delete this folder</source>
        <translation>Effacer ce dossier</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Le garder</translation>
    </message>
    <message>
        <source>Its files are not encrypted. They are copies of what the vault held: the folder can be deleted.</source>
        <translation>Ses fichiers ne sont pas chiffrés. Ce sont des copies de ce que le coffre contenait : le dossier peut être effacé.</translation>
    </message>
    <message>
        <source>An export was interrupted: the folder “{name}” is incomplete.</source>
        <translation>Un export a été interrompu : le dossier « {name} » est incomplet.</translation>
    </message>
    <message>
        <source>Delete the incomplete folder {name}</source>
        <translation>Effacer le dossier incomplet {name}</translation>
    </message>
    <message>
        <source>Keep the incomplete folder {name}</source>
        <translation>Garder le dossier incomplet {name}</translation>
    </message>
    <message>
        <source>Deleting an incomplete folder</source>
        <translation>Effacement d’un dossier incomplet</translation>
    </message>
    <message>
        <source>In:</source>
        <translation>Dans :</translation>
    </message>
    <message>
        <source>The folder is deleted.</source>
        <translation>Le dossier est effacé.</translation>
    </message>
    <message>
        <source>The folder was gone already.</source>
        <translation>Le dossier n’était déjà plus là.</translation>
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
        <source>Recipes of tables…</source>
        <translation>Recettes de tableaux…</translation>
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
        <source>Take in as a recipe</source>
        <translation>Recevoir comme recette</translation>
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
        <source>In it: {facts}.</source>
        <translation>Dedans&#xa0;: {facts}.</translation>
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
    <name>LedgerList</name>
    <message>
        <source>Register of what was done to the vault, newest first</source>
        <translation>Registre de ce qui a été fait au coffre, le plus récent d’abord</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Ce qui a été fait</translation>
    </message>
</context>
<context>
    <name>LettersButton</name>
    <message numerus="yes">
        <source>Show the %n mail(s) that say so…</source>
        <translation>
            <numerusform>Voir le courriel qui le dit…</numerusform>
            <numerusform>Voir les %n courriels qui le disent…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the %n fact(s) that this mail tells…</source>
        <translation>
            <numerusform>Voir le fait que ce courriel raconte…</numerusform>
            <numerusform>Voir les %n faits que ce courriel raconte…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LettersDialog</name>
    <message>
        <source>Mails that say so</source>
        <translation>Courriels qui le disent</translation>
    </message>
    <message>
        <source>What this mail tells</source>
        <translation>Ce que ce courriel raconte</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>LinksButton</name>
    <message numerus="yes">
        <source>%n link(s) in this text…</source>
        <translation>
            <numerusform>%n lien dans ce texte…</numerusform>
            <numerusform>%n liens dans ce texte…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinksDialog</name>
    <message>
        <source>Links in this text</source>
        <translation>Liens dans ce texte</translation>
    </message>
    <message>
        <source>A link opens in your browser, not here. Its owner then knows that you came. The browser starts without the Internet if it was not open before: then copy the address instead.</source>
        <translation>Un lien s’ouvre dans votre navigateur, pas ici. Son propriétaire sait alors que vous êtes venu. Si le navigateur n’était pas déjà ouvert, il démarre sans Internet&#xa0;: dans ce cas, copiez l’adresse.</translation>
    </message>
    <message>
        <source>On a shared computer links are not opened from here. You can copy them.</source>
        <translation>Sur un ordinateur partagé, les liens ne s’ouvrent pas d’ici. Vous pouvez les copier.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Site: {site}</source>
        <translation>Site&#xa0;: {site}</translation>
    </message>
    <message>
        <source>The whole address</source>
        <translation>L’adresse entière</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Ouvrir dans le navigateur</translation>
    </message>
    <message>
        <source>No browser was found</source>
        <translation>Aucun navigateur trouvé</translation>
    </message>
</context>
<context>
    <name>MappingScreen</name>
    <message>
        <source>Look inside</source>
        <translation>Voir le contenu</translation>
    </message>
    <message>
        <source>This file has no table with dates.</source>
        <translation>Ce fichier n’a pas de tableau avec des dates.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>What does this table say?</source>
        <translation>Que dit ce tableau&#xa0;?</translation>
    </message>
    <message>
        <source>Where does it come from?</source>
        <translation>D’où vient-il&#xa0;?</translation>
    </message>
    <message>
        <source>How are the dates written?</source>
        <translation>Comment les dates sont-elles écrites&#xa0;?</translation>
    </message>
    <message>
        <source>The rows are</source>
        <translation>Les lignes sont</translation>
    </message>
    <message>
        <source>Kind of fact</source>
        <translation>Type de fait</translation>
    </message>
    <message>
        <source>Read the next file with these columns like this too</source>
        <translation>Lire aussi comme cela le prochain fichier qui a ces colonnes</translation>
    </message>
    <message>
        <source>A recipe is kept in your vault: names of columns, no row. The inbox shows your recipes.</source>
        <translation>Une recette reste dans votre coffre&#xa0;: des noms de colonnes, aucune ligne. La boîte d’arrivée montre vos recettes.</translation>
    </message>
    <message>
        <source>Read it like this</source>
        <translation>Le lire ainsi</translation>
    </message>
    <message>
        <source>What the column {name} holds</source>
        <translation>Ce que contient la colonne {name}</translation>
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
    <name>NewKey</name>
    <message>
        <source>Somebody may have an old copy and the passphrase</source>
        <translation>Quelqu’un a peut-être une ancienne copie et la phrase de passe</translation>
    </message>
    <message>
        <source>Another passphrase does not help then: the old copy gives the key. A new key encrypts the vault anew, so that what you add from now on stays closed to them. What the old copy holds, they have.</source>
        <translation>Changer de phrase ne suffit pas alors&#xa0;: l’ancienne copie donne la clé. Une nouvelle clé chiffre le coffre de nouveau, et ce que vous ajouterez désormais leur restera fermé. Ce que contient l’ancienne copie, ils l’ont.</translation>
    </message>
    <message>
        <source>Make a new key…</source>
        <translation>Faire une nouvelle clé…</translation>
    </message>
    <message>
        <source>The vault is copied within its folder, so the disk needs room for that. You get a new rescue sheet; the old one opens nothing any more. Afterwards the vault locks. Backups made before keep the old key: make a new one, then delete them.</source>
        <translation>Le coffre est recopié dans son dossier&#xa0;: il faut de la place sur le disque. Vous recevez une nouvelle feuille de secours&#xa0;; l’ancienne n’ouvre plus rien. Ensuite le coffre se verrouille. Les sauvegardes d’avant gardent l’ancienne clé&#xa0;: faites-en une nouvelle, puis supprimez-les.</translation>
    </message>
    <message>
        <source>Write photos and documents anew too (safer, takes longer)</source>
        <translation>Récrire aussi les photos et documents (plus sûr, plus long)</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>Make the new key</source>
        <translation>Faire la nouvelle clé</translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message>
        <source>New passphrase</source>
        <translation>Nouvelle phrase de passe</translation>
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
        <source>Draw a phrase for me</source>
        <translation>Tirer une phrase pour moi</translation>
    </message>
    <message>
        <source>Strength: {grade}</source>
        <translation>Force&#xa0;: {grade}</translation>
    </message>
</context>
<context>
    <name>OwnPicker</name>
    <message>
        <source>Drive or download folder</source>
        <translation>Clé, disque ou dossier des téléchargements</translation>
    </message>
    <message>
        <source>Folder above</source>
        <translation>Dossier du dessus</translation>
    </message>
    <message>
        <source>Files and folders</source>
        <translation>Fichiers et dossiers</translation>
    </message>
    <message>
        <source>Name of the new file</source>
        <translation>Nom du nouveau fichier</translation>
    </message>
    <message>
        <source>Take this folder</source>
        <translation>Prendre ce dossier</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Prendre</translation>
    </message>
    <message>
        <source>Save here</source>
        <translation>Enregistrer ici</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>PeopleModel</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>Mentions</source>
        <translation>Citations</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Premier jour</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Dernier jour</translation>
    </message>
    <message>
        <source>address book</source>
        <translation>carnet d’adresses</translation>
    </message>
</context>
<context>
    <name>PeopleScreen</name>
    <message>
        <source>A name, an address, a number…</source>
        <translation>Un nom, une adresse, un numéro…</translation>
    </message>
    <message>
        <source>Find somebody</source>
        <translation>Retrouver quelqu’un</translation>
    </message>
    <message>
        <source>People, most mentioned first</source>
        <translation>Personnes, les plus citées d’abord</translation>
    </message>
    <message>
        <source>What is known of the person</source>
        <translation>Ce que l’on sait de la personne</translation>
    </message>
    <message>
        <source>Choose somebody in the list.</source>
        <translation>Choisissez quelqu’un dans la liste.</translation>
    </message>
    <message>
        <source>Show in the timeline</source>
        <translation>Voir dans la frise</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n personne</numerusform>
            <numerusform>%n personnes</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody found. Try a part of the name.</source>
        <translation>Aucune personne trouvée. Essayez une partie du nom.</translation>
    </message>
    <message>
        <source>Nobody yet. Messages, calls and address books bring people here.</source>
        <translation>Personne pour l’instant. Les messages, les appels et les carnets d’adresses les amènent ici.</translation>
    </message>
    <message>
        <source>Also called:</source>
        <translation>Autres noms&#xa0;:</translation>
    </message>
    <message>
        <source>Addresses and numbers:</source>
        <translation>Adresses et numéros&#xa0;:</translation>
    </message>
    <message>
        <source>Mentions by source:</source>
        <translation>Citations par source&#xa0;:</translation>
    </message>
    <message>
        <source>From {first} to {last}</source>
        <translation>Du {first} au {last}</translation>
    </message>
    <message>
        <source>In an address book or profile.</source>
        <translation>Dans un carnet d’adresses ou un profil.</translation>
    </message>
    <message>
        <source>Perhaps one person</source>
        <translation>Peut-être la même personne</translation>
    </message>
    <message>
        <source>Your answers</source>
        <translation>Vos réponses</translation>
    </message>
    <message>
        <source>A name alone proves nothing: you decide, and you can take it back.</source>
        <translation>Un nom seul ne prouve rien&#xa0;: vous décidez, et vous pouvez revenir dessus.</translation>
    </message>
    <message>
        <source>No question now. The same address or number makes one person by itself.</source>
        <translation>Pas de question pour l’instant. La même adresse ou le même numéro suffit à réunir.</translation>
    </message>
    <message>
        <source>{one} and {other}</source>
        <translation>{one} et {other}</translation>
    </message>
    <message>
        <source>Same person</source>
        <translation>Même personne</translation>
    </message>
    <message>
        <source>Two people</source>
        <translation>Deux personnes</translation>
    </message>
    <message>
        <source>Same person: {pair}</source>
        <translation>Même personne&#xa0;: {pair}</translation>
    </message>
    <message>
        <source>Two people: {pair}</source>
        <translation>Deux personnes&#xa0;: {pair}</translation>
    </message>
    <message>
        <source>address book</source>
        <translation>carnet d’adresses</translation>
    </message>
    <message numerus="yes">
        <source>Both appear on %n same day(s).</source>
        <translation>
            <numerusform>Citées le même jour, %n fois.</numerusform>
            <numerusform>Citées le même jour, %n fois.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Both stand in %n fact(s) together: perhaps two people.</source>
        <translation>
            <numerusform>Ensemble dans %n fait&#xa0;: peut-être deux personnes.</numerusform>
            <numerusform>Ensemble dans %n faits&#xa0;: peut-être deux personnes.</numerusform>
        </translation>
    </message>
    <message>
        <source>The same number, once without its country: {one} and {other}.</source>
        <translation>Le même numéro, une fois sans son pays&#xa0;: {one} et {other}.</translation>
    </message>
    <message>
        <source>The same address but for capital letters: {one} and {other}.</source>
        <translation>La même adresse, aux majuscules près&#xa0;: {one} et {other}.</translation>
    </message>
    <message>
        <source>Both bear the name {one}.</source>
        <translation>Toutes deux portent le nom {one}.</translation>
    </message>
    <message>
        <source>The same name: {one} and {other}.</source>
        <translation>Le même nom&#xa0;: {one} et {other}.</translation>
    </message>
    <message>
        <source>{one} and {other} are one person.</source>
        <translation>{one} et {other} sont une seule personne.</translation>
    </message>
    <message>
        <source>{one} and {other} are two people.</source>
        <translation>{one} et {other} sont deux personnes.</translation>
    </message>
    <message>
        <source>But an address or number that both have makes them one.</source>
        <translation>Mais une adresse ou un numéro commun les réunit.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Revenir dessus</translation>
    </message>
    <message>
        <source>Take back: {answer}</source>
        <translation>Revenir dessus&#xa0;: {answer}</translation>
    </message>
    <message>
        <source>One person.</source>
        <translation>Une seule personne.</translation>
    </message>
    <message>
        <source>Two people.</source>
        <translation>Deux personnes.</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>C’est annulé.</translation>
    </message>
</context>
<context>
    <name>RecipesScreen</name>
    <message>
        <source>How your tables are read</source>
        <translation>Comment vos tableaux sont lus</translation>
    </message>
    <message>
        <source>A recipe says what the columns of a table hold. The next file with the same columns is read like that. A recipe holds names of columns, and no row of your files: you can give it to others.</source>
        <translation>Une recette dit ce que contiennent les colonnes d’un tableau. Le prochain fichier qui a les mêmes colonnes est lu comme cela. Une recette contient des noms de colonnes, et aucune ligne de vos fichiers&#xa0;: vous pouvez la donner à d’autres.</translation>
    </message>
    <message>
        <source>Take in a recipe…</source>
        <translation>Recevoir une recette…</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>Boîte d’arrivée</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>Recettes</translation>
    </message>
    <message>
        <source>None yet. One is kept when you say what the columns of an unknown table hold.</source>
        <translation>Aucune pour l’instant. Une recette est gardée quand vous dites ce que contiennent les colonnes d’un tableau inconnu.</translation>
    </message>
    <message>
        <source>Name of the recipe {name}</source>
        <translation>Nom de la recette {name}</translation>
    </message>
    <message>
        <source>This version of the application cannot use it.</source>
        <translation>Cette version de l’application ne peut pas l’utiliser.</translation>
    </message>
    <message>
        <source>Text of the recipe {name}</source>
        <translation>Texte de la recette {name}</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Regarder</translation>
    </message>
    <message>
        <source>Save the recipe…</source>
        <translation>Enregistrer la recette…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Kept on {day}</source>
        <translation>Gardée le {day}</translation>
    </message>
    <message>
        <source>Columns: {names}</source>
        <translation>Colonnes&#xa0;: {names}</translation>
    </message>
    <message>
        <source>Removed: {name}. What was read with it stays.</source>
        <translation>Retirée&#xa0;: {name}. Ce qui a été lu avec elle reste.</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>La remettre</translation>
    </message>
    <message>
        <source>A recipe that somebody made</source>
        <translation>Une recette faite par quelqu’un</translation>
    </message>
    <message>
        <source>The recipe is kept.</source>
        <translation>La recette est gardée.</translation>
    </message>
    <message>
        <source>The recipe has another name.</source>
        <translation>La recette a un autre nom.</translation>
    </message>
    <message>
        <source>The recipe is removed.</source>
        <translation>La recette est retirée.</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>Enregistrer la recette</translation>
    </message>
    <message>
        <source>Recipe (*.toml)</source>
        <translation>Recette (*.toml)</translation>
    </message>
    <message>
        <source>The recipe is saved.</source>
        <translation>La recette est enregistrée.</translation>
    </message>
</context>
<context>
    <name>Rekeying</name>
    <message>
        <source>The new key is being made</source>
        <translation>La nouvelle clé se prépare</translation>
    </message>
    <message>
        <source>Leave the computer on and the disk in. If it stops all the same, the vault opens, and is whole.</source>
        <translation>Laissez l’ordinateur allumé et le disque branché. Si cela s’arrête malgré tout, le coffre s’ouvre, et il est entier.</translation>
    </message>
    <message>
        <source>The vault locks as soon as the new key is made. The code of the new rescue sheet is then not shown: make a new sheet under Security.</source>
        <translation>Le coffre se verrouille dès que la nouvelle clé est faite. Le code de la nouvelle feuille de secours n’est alors pas montré&#xa0;: faites une nouvelle feuille sous Sécurité.</translation>
    </message>
    <message>
        <source>The vault has a new key</source>
        <translation>Le coffre a une nouvelle clé</translation>
    </message>
    <message>
        <source>This is the code of the new rescue sheet; it is shown only now, and the old sheet opens nothing any more. Then the vault locks: it opens with the passphrase that you have just typed.</source>
        <translation>Voici le code de la nouvelle feuille de secours&#xa0;; il n’est montré que maintenant, et l’ancienne feuille n’ouvre plus rien. Ensuite le coffre se verrouille&#xa0;: il s’ouvre avec la phrase de passe que vous venez de taper.</translation>
    </message>
    <message>
        <source>I have it: lock the vault</source>
        <translation>Je l’ai&#xa0;: verrouiller le coffre</translation>
    </message>
    <message>
        <source>The keyring of your session did not answer. It keeps a secret that opens old copies.</source>
        <translation>Le trousseau de votre session n’a pas répondu. Il garde un secret qui ouvre d’anciennes copies.</translation>
    </message>
    <message>
        <source>The vault has no new key</source>
        <translation>Le coffre n’a pas de nouvelle clé</translation>
    </message>
    <message>
        <source>Something in the vault does not read any more. It was left as it is: verify it, use your backup, or save what can be read.</source>
        <translation>Quelque chose ne se lit plus dans le coffre. Il est resté comme il était&#xa0;: vérifiez-le, utilisez votre sauvegarde, ou sauvez ce qui se lit.</translation>
    </message>
    <message>
        <source>The last step was not finished. Open the vault with either passphrase, then make a new rescue sheet.</source>
        <translation>La dernière étape n’a pas abouti. Ouvrez le coffre avec l’une ou l’autre phrase de passe, puis faites une nouvelle feuille de secours.</translation>
    </message>
    <message>
        <source>Lock the vault</source>
        <translation>Verrouiller le coffre</translation>
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
        <source>If the vault&apos;s headers are lost too, choose « My vault is damaged » there; this block is then needed:</source>
        <translation>Si les en-têtes du coffre sont perdus eux aussi, choisissez là «&#xa0;Mon coffre est abîmé&#xa0;»&#xa0;; il faut alors ce bloc&#xa0;:</translation>
    </message>
</context>
<context>
    <name>SearchScreen</name>
    <message>
        <source>Words, a name, a place… « two words » together</source>
        <translation>Des mots, un nom, un lieu… &quot;deux mots&quot; ensemble</translation>
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
    <name>SecurityScreen</name>
    <message>
        <source>Security</source>
        <translation>Sécurité</translation>
    </message>
    <message>
        <source>Today&apos;s head of the register: {words}</source>
        <translation>Tête du registre aujourd’hui&#xa0;: {words}</translation>
    </message>
    <message>
        <source>Where the vault is</source>
        <translation>Où est le coffre</translation>
    </message>
    <message>
        <source>All that is in this folder is encrypted. To move it: lock, then copy the whole folder.</source>
        <translation>Tout ce qui est dans ce dossier est chiffré. Pour le déplacer&#xa0;: verrouillez, puis copiez le dossier entier.</translation>
    </message>
    <message>
        <source>Is it sound?</source>
        <translation>Est-il intact&#xa0;?</translation>
    </message>
    <message>
        <source>Not verified since it was opened.</source>
        <translation>Pas encore vérifié depuis son ouverture.</translation>
    </message>
    <message>
        <source>Verify the vault</source>
        <translation>Vérifier le coffre</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sauvegarde</translation>
    </message>
    <message>
        <source>Back up again to {place}</source>
        <translation>Sauvegarder de nouveau dans {place}</translation>
    </message>
    <message>
        <source>Choose another disk or key. The copy is encrypted, and opens with the same passphrase.</source>
        <translation>Choisissez un autre disque ou une autre clé. La copie est chiffrée et s’ouvre avec la même phrase de passe.</translation>
    </message>
    <message>
        <source>Passphrase and rescue sheet</source>
        <translation>Phrase de passe et feuille de secours</translation>
    </message>
    <message>
        <source>Back up elsewhere…</source>
        <translation>Sauvegarder ailleurs…</translation>
    </message>
    <message>
        <source>Lock the vault</source>
        <translation>Verrouiller le coffre</translation>
    </message>
    <message>
        <source>To save what can be read: lock the vault, then choose « My vault is damaged… ».</source>
        <translation>Pour sauver ce qui se lit&#xa0;: verrouillez le coffre, puis choisissez «&#xa0;Mon coffre est abîmé…&#xa0;».</translation>
    </message>
    <message>
        <source>Change the phrase…</source>
        <translation>Changer la phrase…</translation>
    </message>
    <message>
        <source>New sheet…</source>
        <translation>Nouvelle feuille…</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>Changer la phrase de passe</translation>
    </message>
    <message>
        <source>Locking</source>
        <translation>Verrouillage</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>Lock after so many minutes without a key or a click</source>
        <translation>Verrouiller après tant de minutes sans touche ni clic</translation>
    </message>
    <message>
        <source>It also locks with Ctrl+L, when the computer wakes up, and when the key is pulled out.</source>
        <translation>Il se verrouille aussi avec Ctrl+L, au réveil de l’ordinateur, et quand la clé est retirée.</translation>
    </message>
    <message>
        <source>What this computer holds</source>
        <translation>Ce que cet ordinateur garantit</translation>
    </message>
    <message>
        <source>Yes:</source>
        <translation>Oui&#xa0;:</translation>
    </message>
    <message>
        <source>No, this system does not offer it:</source>
        <translation>Non, ce système ne l’offre pas&#xa0;:</translation>
    </message>
    <message>
        <source>(never tried by the authors on such a system)</source>
        <translation>(jamais essayé par les auteurs sur un tel système)</translation>
    </message>
    <message>
        <source>What was done to the vault</source>
        <translation>Ce qui a été fait au coffre</translation>
    </message>
    <message>
        <source>Nobody without your passphrase can change this register unseen. Searches are never written down. Copy the head on paper to be able to show later that no line was changed since.</source>
        <translation>Personne ne peut changer ce registre sans votre phrase de passe sans que cela se voie. Les recherches n’y sont jamais notées. Recopiez la tête sur papier pour pouvoir montrer plus tard qu’aucune ligne n’a changé depuis.</translation>
    </message>
    <message>
        <source>On a computer that others use: before you leave</source>
        <translation>Sur un ordinateur que d’autres utilisent&#xa0;: avant de partir</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Regarder de nouveau</translation>
    </message>
    <message>
        <source>Lock when the window is minimised</source>
        <translation>Verrouiller quand la fenêtre est réduite</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Imprimer…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Enregistrer…</translation>
    </message>
    <message>
        <source>Verifying the vault</source>
        <translation>Vérification du coffre</translation>
    </message>
    <message>
        <source>Red: </source>
        <translation>Rouge&#xa0;: </translation>
    </message>
    <message>
        <source>Amber: </source>
        <translation>Orange&#xa0;: </translation>
    </message>
    <message>
        <source>Green: </source>
        <translation>Vert&#xa0;: </translation>
    </message>
    <message>
        <source>there is no backup yet. If this disk breaks, all is lost.</source>
        <translation>il n’y a pas encore de sauvegarde. Si ce disque casse, tout est perdu.</translation>
    </message>
    <message numerus="yes">
        <source>last backup: %n day(s) ago</source>
        <translation>
            <numerusform>dernière sauvegarde&#xa0;: il y a %n jour</numerusform>
            <numerusform>dernière sauvegarde&#xa0;: il y a %n jours</numerusform>
        </translation>
    </message>
    <message>
        <source>last backup: today</source>
        <translation>dernière sauvegarde&#xa0;: aujourd’hui</translation>
    </message>
    <message>
        <source>Folder in which the backup is made</source>
        <translation>Dossier où faire la sauvegarde</translation>
    </message>
    <message>
        <source>the copy is not sound. Use another disk or key.</source>
        <translation>la copie n’est pas intacte. Prenez un autre disque ou une autre clé.</translation>
    </message>
    <message>
        <source>The backup is made and verified.</source>
        <translation>La sauvegarde est faite et vérifiée.</translation>
    </message>
    <message>
        <source>Backing up</source>
        <translation>Sauvegarde en cours</translation>
    </message>
    <message>
        <source>Changing…</source>
        <translation>Changement en cours…</translation>
    </message>
    <message>
        <source>The passphrase is changed; the rescue sheet stays. Old copies of the vault still open with the old phrase: make the backup again.</source>
        <translation>La phrase de passe est changée&#xa0;; la feuille de secours reste. Les anciennes copies du coffre s’ouvrent encore avec l’ancienne phrase&#xa0;: refaites la sauvegarde.</translation>
    </message>
    <message>
        <source>Work is going on below. Wait until it has ended, or stop it.</source>
        <translation>Un travail est en cours en bas. Attendez qu’il finisse, ou arrêtez-le.</translation>
    </message>
    <message>
        <source>The sheet of before opens the vault no more. This code is shown only now:</source>
        <translation>L’ancienne feuille n’ouvre plus le coffre. Ce code n’est montré que maintenant&#xa0;:</translation>
    </message>
    <message>
        <source>I have it: hide the code</source>
        <translation>Je l’ai&#xa0;: cacher le code</translation>
    </message>
    <message>
        <source>closing-report.pdf</source>
        <translation>rapport-de-fin.pdf</translation>
    </message>
    <message>
        <source>Save this report</source>
        <translation>Enregistrer ce rapport</translation>
    </message>
</context>
<context>
    <name>SessionKey</name>
    <message>
        <source>Open the vault with my session on this computer</source>
        <translation>Ouvrir le coffre avec ma session sur cet ordinateur</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>Whoever sits at your open session then opens the vault without the passphrase. Say yes only if your session itself asks for a password. The passphrase and the rescue sheet stay: keep them.</source>
        <translation>Qui s’assoit devant votre session ouverte ouvre alors le coffre sans la phrase de passe. Ne dites oui que si votre session demande elle-même un mot de passe. La phrase de passe et la feuille de secours restent&#xa0;: gardez-les.</translation>
    </message>
    <message>
        <source>The keyring of this session does not answer, or it refused.</source>
        <translation>Le trousseau de cette session ne répond pas, ou il a refusé.</translation>
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
        <source>Open with my session</source>
        <translation>Ouvrir avec ma session</translation>
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
        <source>My vault is damaged…</source>
        <translation>Mon coffre est abîmé…</translation>
    </message>
    <message>
        <source>The folder of the vault is not there any more: {place}. Put the key back. Then type your passphrase. What was reported as done is kept.</source>
        <translation>Le dossier du coffre n’est plus là&#xa0;: {place}. Remettez la clé. Puis tapez votre phrase de passe. Ce qui a été annoncé comme fait est gardé.</translation>
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
        <source>Try with Camille&apos;s data (invented)</source>
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
        <source>Copy the code</source>
        <translation>Copier le code</translation>
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
        <source>Preparing Camille&apos;s archives: {n} of {all}</source>
        <translation>Préparation des archives de Camille : {n} sur {all}</translation>
    </message>
    <message>
        <source>Preparing Camille&apos;s archives…</source>
        <translation>Préparation des archives de Camille…</translation>
    </message>
</context>
<context>
    <name>WhatReads</name>
    <message>
        <source>Save what can be read into a new vault</source>
        <translation>Sauver ce qui se lit dans un nouveau coffre</translation>
    </message>
    <message>
        <source>The damaged vault is not changed. The new one opens with the same passphrase and the same rescue sheet. It may take some minutes.</source>
        <translation>Le coffre abîmé n’est pas changé. Le nouveau s’ouvre avec la même phrase de passe et la même feuille de secours. Cela peut prendre quelques minutes.</translation>
    </message>
    <message>
        <source>I have the rescue code, not the passphrase</source>
        <translation>J’ai le code de secours, pas la phrase de passe</translation>
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
        <source>Save what can be read</source>
        <translation>Sauver ce qui se lit</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Open the new vault</source>
        <translation>Ouvrir le nouveau coffre</translation>
    </message>
    <message>
        <source>{name}-saved</source>
        <translation>{name}-sauvé</translation>
    </message>
    <message>
        <source>Rescue code (8 groups of 4)</source>
        <translation>Code de secours (8 groupes de 4)</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase de passe</translation>
    </message>
    <message>
        <source>Folder in which the new vault is made</source>
        <translation>Dossier dans lequel le nouveau coffre est fait</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) saved so far</source>
        <translation>
            <numerusform>%Ln ligne sauvée jusqu’ici</numerusform>
            <numerusform>%Ln lignes sauvées jusqu’ici</numerusform>
        </translation>
    </message>
    <message>
        <source>This code does not open this vault: a newer sheet was made since. Look for that one.</source>
        <translation>Ce code n’ouvre pas ce coffre&#xa0;: une feuille plus récente a été faite depuis. Cherchez celle-là.</translation>
    </message>
    <message>
        <source>Not even the first page of this vault reads: nothing can be saved from it. Use a backup.</source>
        <translation>Pas même la première page de ce coffre ne se lit&#xa0;: rien ne peut en être sauvé. Utilisez une sauvegarde.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was kept of the new vault.</source>
        <translation>Arrêté. Rien n’a été gardé du nouveau coffre.</translation>
    </message>
</context>
</TS>
