package hallows.verify.tidy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Code that stands in two places is changed in one. Formatting is settled, so equal code has equal
/// lines.
final class WrittenTwice implements Rule {
    static final int LINES_MIN = 12;

    private record Line(String path, int number, String code) {
        String place() {
            return path + ":" + number;
        }
    }

    @Override
    public Stream<Finding> check(List<Source> sources) {
        Map<String, Line> first = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Source source : sources) {
            compare(lines(source), first, findings);
        }
        return findings.stream();
    }

    private static void compare(List<Line> lines, Map<String, Line> first, List<Finding> findings) {
        int next = 0;
        while (next + LINES_MIN <= lines.size()) {
            Line here = lines.get(next);
            Line there = first.putIfAbsent(window(lines, next), here);
            if (there == null) {
                next++;
                continue;
            }
            findings.add(
                    new Finding(
                            "twice",
                            here.path(),
                            LINES_MIN
                                    + " lines from "
                                    + here.number()
                                    + " on stand at "
                                    + there.place()));
            next += LINES_MIN;
        }
    }

    private static String window(List<Line> lines, int from) {
        StringBuilder code = new StringBuilder();
        for (Line line : lines.subList(from, from + LINES_MIN)) {
            code.append(line.code()).append('\n');
        }
        return code.toString();
    }

    private static List<Line> lines(Source source) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : source.text().split("\n", -1)) {
            number++;
            if (isCode(line.strip())) {
                lines.add(new Line(source.path(), number, line.strip()));
            }
        }
        return lines;
    }

    private static boolean isCode(String line) {
        return line.chars().anyMatch(Character::isLetterOrDigit)
                && Stream.of("//", "/*", "*", "import ", "package ", "@Override")
                        .noneMatch(line::startsWith);
    }
}
