-- grain: one row per person
with newest_appointment as (
  select *, min(appointed_on) over (partition by personnel_id) as first_appointed_on
  from staging.hr_appointment_made_v1
  qualify row_number() over (
    partition by personnel_id order by appointed_on desc, occurred_at desc, event_id desc
  ) = 1
),
mentioned as (
  select personnel_id from newest_appointment
  union
  select personnel_id from staging.hr_reassignment_made_v1
  union
  select personnel_id from staging.hr_promotion_granted_v1
  union
  select personnel_id from staging.hr_separation_recorded_v1
  union
  select personnel_id from staging.hr_position_filled_v1
  union
  select personnel_id from staging.hr_objectives_set_v1
  union
  select personnel_id from staging.hr_multi_rater_feedback_given_v1
  union
  select personnel_id from staging.hr_appraisal_completed_v2
  union
  select personnel_id from staging.hr_programme_enrolled_v1
  union
  select personnel_id from staging.hr_programme_milestone_reached_v1
  union
  select personnel_id from staging.hr_programme_completed_v1
  union
  select personnel_id from staging.training_completion_recorded_v1
  union
  select personnel_id from staging.training_attendance_recorded_v1
  union
  select personnel_id from staging.training_psea_attendance_recorded_v1 where personnel_id is not null
  union
  select personnel_id from staging.conduct_respect_focal_point_trained_v1
  union
  select personnel_id from staging.training_focal_point_designated_v1
)
select
  mentioned.personnel_id as person_id,
  appointment.gender,
  appointment.nationality,
  appointment.birth_date as age_band,
  appointment.contract_type,
  appointment.first_appointed_on,
  appointment.event_id is not null as appointed,
  appointment.event_id
from mentioned
left join newest_appointment as appointment using (personnel_id)
