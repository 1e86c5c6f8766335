package hallows.verify.tidy;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.fail;

import hallows.verify.House;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TidyTest {
    @Test
    void theHouseIsTidy() {
        List<Source> sources = Source.parse(texts());
        List<Finding> findings = new ArrayList<>();
        Rule.ALL.forEach(rule -> rule.check(sources).forEach(findings::add));
        String architecture = House.text(House.ROOT.resolve("ARCHITECTURE.md"));
        ModuleList.check(architecture, House.modules()).forEach(findings::add);
        String excused = House.text(House.ROOT.resolve(Exceptions.FILE));
        assertNone(Exceptions.parse(excused).apply(findings));
    }

    private static Map<String, String> texts() {
        return House.javaFiles().stream().collect(toMap(TidyTest::path, House::text));
    }

    private static String path(Path file) {
        return House.ROOT.relativize(file).toString().replace('\\', '/');
    }

    private static void assertNone(List<Finding> findings) {
        if (!findings.isEmpty()) {
            fail(
                    "the house is not tidy; STYLE.md says how it should be:\n"
                            + String.join(
                                    "\n",
                                    findings.stream().map(Finding::toString).sorted().toList()));
        }
    }
}
