import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Reads a publication over JDBC as any Java client does: one line for each figure, then what a write gets. */
public class ReadPublication {
  public static void main(String[] arguments) throws SQLException {
    var options = new Properties();
    options.setProperty("duckdb.read_only", "true");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[0], options);
        var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery("select title, value from answers.figures order by all")) {
        while (rows.next()) {
          System.out.println(rows.getString("title") + " " + rows.getBigDecimal("value"));
        }
      }
      try {
        statement.execute("create table mine (id int)");
        System.out.println("written");
      } catch (SQLException refused) {
        System.out.println("refused");
      }
    }
  }
}
