package hallows.verify.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each rule bites what is wrong and leaves what only looks like it.
class RulesTest {
    private static final String PATH = "m/src/main/java/m/A.java";

    private static List<String> bites(Rule rule, Map<String, String> texts) {
        return rule.check(Source.parse(new TreeMap<>(texts)))
                .map(finding -> finding.rule() + " " + finding.place())
                .toList();
    }

    private static List<String> bites(Rule rule, String text) {
        return bites(rule, Map.of(PATH, text));
    }

    private static List<String> sizes(String member) {
        return bites(new MethodSizes(), "package m;\nclass A {\n" + member + "\n}\n");
    }

    private static String repeat(int times, String line) {
        return IntStream.range(0, times)
                .mapToObj(number -> line.replace("%", "" + number) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void longFileIsBitten() {
        assertEquals(List.of(), bites(new FileSizes(), repeat(299, "//")));
        assertEquals(List.of("file-lines " + PATH), bites(new FileSizes(), repeat(300, "//")));
    }

    @Test
    void rowsOfTablesAreNoLines() {
        assertEquals(
                List.of(),
                bites(new FileSizes(), "class A { int[] table = {\n" + repeat(400, "%,") + "}; }"));
        assertEquals(
                List.of(),
                bites(new FileSizes(), "enum A {\n" + repeat(400, "V%,") + "; int x; }"));
    }

    @Test
    void longMethodIsBitten() {
        assertEquals(List.of(), sizes("void f() {\n" + repeat(27, "g();") + "}"));
        assertEquals(
                List.of("method-lines " + PATH + "#f"),
                sizes("void f() {\n" + repeat(28, "g();") + "}"));
        assertEquals(
                List.of("method-lines " + PATH + "#static"),
                sizes("static {\n" + repeat(28, "g();") + "}"));
        assertEquals(
                List.of("method-lines " + PATH + "#f", "method-lines " + PATH + "#g"),
                sizes("B f() { return new B() { void g() {\n" + repeat(28, "h();") + "} }; }"));
    }

    @Test
    void manyDecisionsAreBitten() {
        assertEquals(List.of(), sizes("void f() {\n" + repeat(8, "if (a) g();") + "}"));
        assertEquals(
                List.of("cyclomatic " + PATH + "#f"),
                sizes("void f() {\n" + repeat(9, "if (a) g();") + "}"));
        assertEquals(
                List.of("cyclomatic " + PATH + "#f"),
                sizes("int f() { switch (x) {\n" + repeat(9, "case %: g();") + "} }"));
    }

    @Test
    void switchOverAlternativesDecidesOnce() {
        String types =
                "int f() { return switch (x) {\n" + repeat(12, "case T% t -> g(t);") + "}; }";
        String constants =
                "int f() { return switch (x) {\n" + repeat(12, "case C% -> g();") + "}; }";
        String table = "int f() { return switch (x) {\n" + repeat(12, "case % -> %;") + "}; }";
        String guards =
                "int f() { return switch (x) {\n"
                        + repeat(9, "case T% t when t.a -> g();")
                        + "}; }";
        assertEquals(List.of(), sizes(types));
        assertEquals(List.of(), sizes(constants));
        assertEquals(List.of(), sizes(table));
        assertEquals(List.of("cyclomatic " + PATH + "#f"), sizes(guards));
    }

    @Test
    void flowThatIsHardToFollowIsBitten() {
        String hard =
                "void f() { for (;;) { if (a) { g(); } else if (b) { g(); } else { h(); } } }";
        assertEquals(List.of(), sizes(hard));
        assertEquals(
                List.of("cognitive " + PATH + "#f"),
                sizes(
                        "void f() { r(() -> { for (;;) { if (a && b || c) { while (d) { g(); } } if (e) g(); else h(); } }); }"));
    }

    @Test
    void deepNestingIsBitten() {
        String chain =
                "void f() { if (a) g(); else if (b) g(); else if (c) g(); else if (d) g(); }";
        assertEquals(List.of(), sizes(chain));
        assertEquals(
                List.of("nesting " + PATH + "#f"),
                sizes(
                        "void f() { try { for (;;) { if (a) { switch (b) { case 1 -> g(); } } } } finally { } }"));
    }

    @Test
    void fifthParameterIsBittenUnlessInherited() {
        String parameters = "(int a, int b, int c, int d, int e)";
        assertEquals(List.of("parameters " + PATH + "#f"), sizes("void f" + parameters + " {}"));
        assertEquals(List.of("parameters " + PATH + "#A"), sizes("A" + parameters + " {}"));
        assertEquals(List.of(), sizes("@Override void f" + parameters + " {}"));
        assertEquals(List.of(), sizes("record R" + parameters + " { R {} }"));
        assertEquals(List.of(), sizes("record R" + parameters + " { R" + parameters + " {} }"));
    }

    @Test
    void publicWithoutDocumentIsBitten() {
        String bare =
                """
                package m;

                public class A {
                    public static final int F = 1;
                    public A() {}
                    public void m() {}
                    @Override public String toString() { return ""; }
                    void hidden() {}
                    interface Hidden { void n(); }
                    public enum E { V }
                    public interface I { void i(); }
                }
                """;
        assertEquals(
                List.of("A", "F", "A", "m", "E", "I", "i").stream()
                        .map(member -> "documented " + PATH + "#" + member)
                        .toList(),
                bites(new Documented(), bare));
    }

    @Test
    void documentedPublicPasses() {
        assertEquals(
                List.of(),
                bites(new Documented(), "/// A.\npublic class A {\n/// M.\npublic void m() {}\n}"));
        assertEquals(
                List.of("documented " + PATH),
                bites(new Documented(), "/** A. */\npublic class A {}"));
        assertEquals(
                List.of(),
                bites(new Documented(), Map.of("m/src/test/java/m/A.java", "public class A {}")));
    }

    @Test
    void packageWithoutInfoIsBitten() {
        String info = "/// M.\n@NullMarked\npackage m;\n";
        String infoPath = "m/src/main/java/m/package-info.java";
        assertEquals(List.of(), bites(new Packages(), Map.of(PATH, "class A {}", infoPath, info)));
        assertEquals(List.of("package m/src/main/java/m"), bites(new Packages(), "class A {}"));
        assertEquals(
                List.of("package m/src/main/java/m"),
                bites(new Packages(), Map.of(infoPath, "/// M.\npackage m;\n")));
    }

    @Test
    void fileThatNobodyNamesIsBitten() {
        String user = "m/src/main/java/m/B.java";
        assertEquals(
                List.of("dead " + PATH),
                bites(
                        new DeadFiles(),
                        Map.of(PATH, "class A { A a; }", user, "class B { void main() {} }")));
        assertEquals(
                List.of(),
                bites(
                        new DeadFiles(),
                        Map.of(PATH, "class A {}", user, "class B { A a; void main() {} }")));
        assertEquals(List.of(), bites(new DeadFiles(), "class A { @Test void holds() {} }"));
    }

    @Test
    void codeInTwoPlacesIsBitten() {
        String body = repeat(12, "call%();");
        String shorter = repeat(11, "call%();");
        assertEquals(
                List.of("twice " + PATH),
                bites(new WrittenTwice(), "void f() {\n" + body + "}\n// again\n" + body));
        assertEquals(
                List.of(),
                bites(new WrittenTwice(), "void f() {\n" + shorter + "}\nother();\n" + shorter));
    }

    @Test
    void exceptionNeedsAReasonAndAUse() {
        Finding finding = new Finding("nesting", "a/B.java#c", "4");
        assertEquals(
                List.of(),
                Exceptions.parse("# why\n\nnesting a/B.java#c a parser is deep\n")
                        .apply(List.of(finding)));
        assertEquals(2, Exceptions.parse("nesting a/B.java#c\n").apply(List.of(finding)).size());
        assertEquals(
                List.of("exception"),
                Exceptions.parse("nesting a/B.java#c was deep once").apply(List.of()).stream()
                        .map(Finding::rule)
                        .toList());
    }

    @Test
    void drawingThatDiffersFromThePomIsBitten() {
        String drawn = "| `model` | nouns |\n| `runtime` | shards |\n";
        assertEquals(0, ModuleList.check(drawn, List.of("runtime", "model")).count());
        assertEquals(1, ModuleList.check(drawn, List.of("runtime", "model", "log")).count());
        assertEquals(1, ModuleList.check(drawn, List.of("runtime")).count());
    }
}
