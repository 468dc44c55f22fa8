-- grain: one row per grade of the United Nations common system
select
  grade, grade_group
from (values
  ('G1', 'general_service'), ('G2', 'general_service'), ('G3', 'general_service'), ('G4', 'general_service'),
  ('G5', 'general_service'), ('G6', 'general_service'), ('G7', 'general_service'),
  ('NOA', 'national_officer'), ('NOB', 'national_officer'), ('NOC', 'national_officer'),
  ('NOD', 'national_officer'),
  ('P1', 'professional'), ('P2', 'professional'), ('P3', 'professional'), ('P4', 'professional'),
  ('P5', 'senior'), ('D1', 'senior'), ('D2', 'senior'),
  ('UG', 'ungraded')
) as listed (grade, grade_group)
