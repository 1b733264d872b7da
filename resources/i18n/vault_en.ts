<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>BringInScreen</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other file(s), kept whole or left out; the account says which.</source>
        <translation>
            <numerusform>%Ln other file, kept whole or left out; the account says which.</numerusform>
            <numerusform>%Ln other files, kept whole or left out; the account says which.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) or organisation(s)</source>
        <translation>
            <numerusform>%Ln person or organisation</numerusform>
            <numerusform>%Ln people or organisations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) could not be read:</source>
        <translation>
            <numerusform>%Ln thing could not be read:</numerusform>
            <numerusform>%Ln things could not be read:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DriftNote</name>
    <message numerus="yes">
        <source>This archive has %n field(s) that this version did not know. They are kept.</source>
        <translation>
            <numerusform>This archive has %n field that this version did not know. It is kept.</numerusform>
            <numerusform>This archive has %n fields that this version did not know. They are kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) that usually come did not come.</source>
        <translation>
            <numerusform>%n field that usually comes did not come.</numerusform>
            <numerusform>%n fields that usually come did not come.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message numerus="yes">
        <source>{title}, %n waiting</source>
        <translation>
            <numerusform>{title}, %Ln waiting</numerusform>
            <numerusform>{title}, %Ln waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomeScreen</name>
    <message numerus="yes">
        <source>source(s)</source>
        <translation>
            <numerusform>source</numerusform>
            <numerusform>sources</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InboxScreen</name>
    <message numerus="yes">
        <source>%n file(s) found. Nothing is opened without your consent.</source>
        <translation>
            <numerusform>%Ln file found. Nothing is opened without your consent.</numerusform>
            <numerusform>%Ln files found. Nothing is opened without your consent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message numerus="yes">
        <source>%n fact(s)</source>
        <translation>
            <numerusform>%Ln fact</numerusform>
            <numerusform>%Ln facts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>about %Ln second left</numerusform>
            <numerusform>about %Ln seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %Ln minute left</numerusform>
            <numerusform>about %Ln minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LettersButton</name>
    <message numerus="yes">
        <source>Show the %n mail(s) that say so…</source>
        <translation>
            <numerusform>Show the mail that says so…</numerusform>
            <numerusform>Show the %Ln mails that say so…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the %n fact(s) that this mail tells…</source>
        <translation>
            <numerusform>Show the fact that this mail tells…</numerusform>
            <numerusform>Show the %Ln facts that this mail tells…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinksButton</name>
    <message numerus="yes">
        <source>%n link(s) in this text…</source>
        <translation>
            <numerusform>%n link in this text…</numerusform>
            <numerusform>%n links in this text…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeopleScreen</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Both appear on %n same day(s).</source>
        <translation>
            <numerusform>Both appear on %n same day.</numerusform>
            <numerusform>Both appear on %n same days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Both stand in %n fact(s) together: perhaps two people.</source>
        <translation>
            <numerusform>Both stand in %n fact together: perhaps two people.</numerusform>
            <numerusform>Both stand in %n facts together: perhaps two people.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchScreen</name>
    <message numerus="yes">
        <source>%n fact(s)</source>
        <translation>
            <numerusform>%Ln fact</numerusform>
            <numerusform>%Ln facts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SecurityScreen</name>
    <message numerus="yes">
        <source>last backup: %n day(s) ago</source>
        <translation>
            <numerusform>last backup: %n day ago</numerusform>
            <numerusform>last backup: %n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShareScreen</name>
    <message numerus="yes">
        <source>%n fact(s)</source>
        <translation>
            <numerusform>%Ln fact</numerusform>
            <numerusform>%Ln facts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Unlock</name>
    <message numerus="yes">
        <source>Wait %n second(s)</source>
        <translation>
            <numerusform>Wait %Ln second</numerusform>
            <numerusform>Wait %Ln seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhatReads</name>
    <message numerus="yes">
        <source>%n row(s) saved so far</source>
        <translation>
            <numerusform>%Ln row saved so far</numerusform>
            <numerusform>%Ln rows saved so far</numerusform>
        </translation>
    </message>
</context>
</TS>
