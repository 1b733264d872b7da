<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
    <context>
        <name>BringInScreen</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n other file(s), kept whole or left out; the account says which.</source>
            <translation>
                <numerusform>%n other file, kept whole or left out; the account says which.</numerusform>
                <numerusform>%n other files, kept whole or left out; the account says which.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) or organisation(s)</source>
            <translation>
                <numerusform>%n person or organisation</numerusform>
                <numerusform>%n people or organisations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) could not be read:</source>
            <translation>
                <numerusform>%n thing could not be read:</numerusform>
                <numerusform>%n things could not be read:</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Frame</name>
        <message numerus="yes">
            <source>{title}, %n waiting</source>
            <translation>
                <numerusform>{title}, %n waiting</numerusform>
                <numerusform>{title}, %n waiting</numerusform>
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
                <numerusform>%n file found. Nothing is opened without your consent.</numerusform>
                <numerusform>%n files found. Nothing is opened without your consent.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JobRow</name>
        <message numerus="yes">
            <source>%n fact(s)</source>
            <translation>
                <numerusform>%n fact</numerusform>
                <numerusform>%n facts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n second(s) left</source>
            <translation>
                <numerusform>about %n second left</numerusform>
                <numerusform>about %n seconds left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n minute(s) left</source>
            <translation>
                <numerusform>about %n minute left</numerusform>
                <numerusform>about %n minutes left</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SearchScreen</name>
        <message numerus="yes">
            <source>%n fact(s)</source>
            <translation>
                <numerusform>%n fact</numerusform>
                <numerusform>%n facts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ShareScreen</name>
        <message numerus="yes">
            <source>%n fact(s)</source>
            <translation>
                <numerusform>%n fact</numerusform>
                <numerusform>%n facts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n line(s)</source>
            <translation>
                <numerusform>%n line</numerusform>
                <numerusform>%n lines</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Unlock</name>
        <message numerus="yes">
            <source>Wait %n second(s)</source>
            <translation>
                <numerusform>Wait %n second</numerusform>
                <numerusform>Wait %n seconds</numerusform>
            </translation>
        </message>
    </context>
</TS>
